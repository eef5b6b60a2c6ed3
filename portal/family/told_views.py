"""What the key worker wrote down for a person: to be confirmed or put right before it goes on."""
