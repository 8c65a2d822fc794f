"""What every engine of a kind must keep to, as checks that tests and operators share."""
