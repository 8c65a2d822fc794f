#!/usr/bin/env bash
# Replaces what runs with Docker Compose by the version in .env, part by part, so that talks go
# on: migrations -> workers -> web. A part's new containers work before its old ones are told
# to end, which finish what they do.
#   deploy/upgrade.sh [compose.gpu.yaml ...]     the files besides compose.yaml, as with "up"
set -euo pipefail

folder=$(cd "$(dirname "$0")" && pwd)
files=(--file "$folder/compose.yaml")
for name in "$@"; do files+=(--file "$folder/$name"); done
patience=${PATIENCE:-600}

compose() { docker compose --project-directory "$folder" "${files[@]}" "$@"; }

wait_healthy() {
  local container=$1 waited=0 state
  until state=$(docker inspect --format '{{.State.Health.Status}}' "$container") && [[ $state == healthy ]]; do
    if [[ $waited -ge $patience ]]; then
      echo "$container is not healthy after $patience s: the old ones go on. See its log." >&2
      exit 1
    fi
    sleep 2
    waited=$((waited + 2))
  done
}

replace() {
  local service=$1 old new count
  old=$(compose ps --quiet "$service")
  count=$(echo "$old" | grep -c . || true)
  if [[ $count -eq 0 ]]; then
    compose up --detach --no-deps "$service"
    return
  fi
  echo "* $service: $count of the new version"
  compose up --detach --no-deps --no-recreate --scale "$service=$((2 * count))" "$service"
  new=$(compose ps --quiet "$service" | grep --invert-match --fixed-strings "$old")
  for container in $new; do wait_healthy "$container"; done
  for container in $old; do
    # Compose has the time that it is given in stop_grace_period.
    docker stop "$container" >/dev/null
    docker rm "$container" >/dev/null
  done
}

echo "* migrations and weights"
compose run --rm --no-deps migrate
compose run --rm --no-deps models
for service in asr scoring tts face batch web; do replace "$service"; done
# One beat only: the old one goes first. A new proxy is there within a second, and browsers
# take up their talks where they were.
compose up --detach --no-deps beat proxy
echo "Done."
