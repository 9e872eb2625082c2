"""What a person sees first: the other rooms' answers, put together."""
