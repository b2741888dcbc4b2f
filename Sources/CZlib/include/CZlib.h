#pragma once
#include <stddef.h>
#include <stdint.h>

/// The largest number of bytes that `czlib_gzip` can write for `length` bytes.
size_t czlib_gzip_bound(size_t length);

/// Writes `length` bytes as one gzip member (RFC 1952) at `level` 1–9.
/// Returns the number of bytes written, or 0 when `capacity` is too small or memory is short.
size_t czlib_gzip(const uint8_t *source, size_t length, uint8_t *target, size_t capacity, int level);

/// Reads one gzip member. Returns the number of bytes written, or 0 when it is malformed or `capacity` is too small.
size_t czlib_gunzip(const uint8_t *source, size_t length, uint8_t *target, size_t capacity);

/// The CRC-32 (as in gzip and ZIP) of what `before` is the sum of, followed by these bytes; 0 begins.
uint32_t czlib_crc32(uint32_t before, const uint8_t *bytes, size_t length);
