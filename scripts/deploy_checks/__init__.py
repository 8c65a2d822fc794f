"""``make validate-deploy``: everything in ``deploy/`` is read by the tools it is meant for.

No container engine and no cluster is needed: Docker Compose merges and checks its files,
Kustomize builds each overlay, the results are held against Kubernetes' schemas, Caddy loads
its configuration, hadolint reads the Dockerfiles.
"""
