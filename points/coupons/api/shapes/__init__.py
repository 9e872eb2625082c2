"""How offers, coupons, uses and statements look outside."""
