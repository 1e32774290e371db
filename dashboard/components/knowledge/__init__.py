"""Cases and lessons as several pages show them."""
