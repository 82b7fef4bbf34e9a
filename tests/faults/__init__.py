"""The faults a store must survive, each counted and printed; the great numbers run in make check."""
