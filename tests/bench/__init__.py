"""What the portal costs, each figure beside a yardstick of the same run (`make bench`)."""
