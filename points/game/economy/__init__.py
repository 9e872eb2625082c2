"""The economy, played through with made-up students before its numbers are published."""
