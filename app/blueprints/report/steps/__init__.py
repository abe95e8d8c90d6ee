"""What happens next with dealers who came and did not sign: what, who, until when."""
