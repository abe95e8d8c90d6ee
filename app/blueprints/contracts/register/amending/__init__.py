"""The next document of a contract: an amendment of it, or the contract that follows it."""
