"""Amazon Translate and S3: the building blocks of the engines that use them."""
