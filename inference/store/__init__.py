"""The model store: weights on disk, each file known by its SHA-256.

``inference/models.toml`` says which files a model has and where they can be had. The
store keeps them as ``<models folder>/<model>/<file>``; its own records live in the hidden
folder ``.state`` beside the models. A file is used only when its hash is the manifest's.
"""

from .manifest import Manifest, ModelEntry, default_manifest
from .progress import Progress, SilentProgress, progress_for
from .store import ModelStore

__all__ = [
    "Manifest",
    "ModelEntry",
    "ModelStore",
    "Progress",
    "SilentProgress",
    "default_manifest",
    "progress_for",
]
