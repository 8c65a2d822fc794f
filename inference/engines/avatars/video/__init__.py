"""Pictures to video: the encoder, the process it runs in, and the face made of both."""
