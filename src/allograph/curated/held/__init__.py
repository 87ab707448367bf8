"""The texts that were read, which stay with their reader: places in them, found and proved."""
