"""What differs from language to language: data in one folder a language, and its loaders."""
