#!/usr/bin/env bash
# Brings an overlay to a cluster in the order that keeps talks going:
#   stores and settings -> migrations and weights -> workers -> web and proxy
#   deploy/kubernetes/roll-out.sh deploy/kubernetes/overlays/small
# It can be run again at any time; KUBECTL names another program.
set -euo pipefail

overlay=${1:?name the overlay: roll-out.sh deploy/kubernetes/overlays/small}
kubectl=${KUBECTL:-kubectl}
namespace=tutor
patience=${PATIENCE:-30m}

apply() { "$kubectl" apply --kustomize "$overlay" --selector "$1"; }
wait_for() { "$kubectl" --namespace "$namespace" rollout status --timeout "$patience" "$@"; }

if ! "$kubectl" --namespace "$namespace" get secret tutor-secrets >/dev/null; then
  echo "There is no secret tutor-secrets yet: see deploy/kubernetes/secrets.env.example" >&2
  exit 1
fi

# Everything that no step owns: settings, accounts, network rules, budgets.
apply '!tutor.step'
apply 'tutor.step=storage'
for set in $("$kubectl" --namespace "$namespace" get statefulset --output name); do
  wait_for "$set"
done

# Jobs cannot be changed: the old ones go first.
"$kubectl" --namespace "$namespace" delete job --selector tutor.step=prepare --ignore-not-found
apply 'tutor.step=prepare'
"$kubectl" --namespace "$namespace" wait --for condition=complete --timeout "$patience" \
  job --selector tutor.step=prepare

for step in workers web; do
  apply "tutor.step=$step"
  for deployment in $("$kubectl" --namespace "$namespace" get deployment \
    --selector "tutor.step=$step" --output name); do
    wait_for "$deployment"
  done
done
echo "Done: $("$kubectl" --namespace "$namespace" get ingress site --output jsonpath='{.spec.rules[0].host}')"
