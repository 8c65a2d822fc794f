"""Programs around the platform: the launcher of `make run` and the test runner."""
