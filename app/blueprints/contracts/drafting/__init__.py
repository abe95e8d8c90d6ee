"""Writing the terms of one contract: from what is known of the dealer, saved however incomplete."""
