"""Making known (công khai): what is published to whom and for how long, frozen with its hash; what readers say to it, and the answer."""
