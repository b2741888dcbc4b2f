"""Read by schemathesis: the parts of a tus file are bytes as they are, whatever their media type is called."""
import schemathesis

schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
