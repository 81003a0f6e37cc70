"""Steps of the head-office database: what laptops sent. The case tables beside it are worked out (`tables`)."""
