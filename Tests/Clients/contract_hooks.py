"""What schemathesis has to be told of media types that it does not know."""
import schemathesis

# Parts of files (tus 1.0.0) are bytes like any others.
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
