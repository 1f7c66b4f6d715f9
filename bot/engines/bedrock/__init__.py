"""Language models through Amazon Bedrock."""
