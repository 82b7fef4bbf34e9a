"""The attack on a release: what a reader, or a reporter, can work out from everything he can get."""
