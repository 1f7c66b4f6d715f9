"""Amazon Translate and S3: what the engines on them are made of."""
