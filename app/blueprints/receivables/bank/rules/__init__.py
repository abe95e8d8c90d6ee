"""What is known of a bank row without asking anybody: values in, verdicts out."""
