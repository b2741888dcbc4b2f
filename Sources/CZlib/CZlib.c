#include "CZlib.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

// 15 bits of window; 16 more selects the gzip wrapper (zlib.h, deflateInit2).
enum { gzip_window_bits = 15 + 16 };

size_t czlib_gzip_bound(size_t length) {
    // compressBound, and the 18 bytes of a gzip header and trailer in place of zlib's 6.
    return compressBound((uLong)length) + 18;
}

size_t czlib_gzip(const uint8_t *source, size_t length, uint8_t *target, size_t capacity, int level) {
    if (length > UINT_MAX || capacity > UINT_MAX) return 0;
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window_bits, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    stream.next_in = (Bytef *)source;
    stream.avail_in = (uInt)length;
    stream.next_out = target;
    stream.avail_out = (uInt)capacity;
    int result = deflate(&stream, Z_FINISH);
    size_t written = stream.total_out;
    deflateEnd(&stream);
    return result == Z_STREAM_END ? written : 0;
}

size_t czlib_gunzip(const uint8_t *source, size_t length, uint8_t *target, size_t capacity) {
    if (length > UINT_MAX || capacity > UINT_MAX) return 0;
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (inflateInit2(&stream, gzip_window_bits) != Z_OK) return 0;
    stream.next_in = (Bytef *)source;
    stream.avail_in = (uInt)length;
    stream.next_out = target;
    stream.avail_out = (uInt)capacity;
    int result = inflate(&stream, Z_FINISH);
    size_t written = stream.total_out;
    inflateEnd(&stream);
    return result == Z_STREAM_END ? written : 0;
}

uint32_t czlib_crc32(uint32_t before, const uint8_t *bytes, size_t length) {
    return (uint32_t)crc32_z(before, bytes, length);
}
