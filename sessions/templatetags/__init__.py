"""Parts of pages that other apps' templates may show."""
