#pragma once
#include <stddef.h>
#include <stdint.h>

/// Makes a QR code (ISO/IEC 18004) of UTF-8 text, with a quarter of it to spare for wear. Writes one byte for each module, row
/// by row from the top left: 1 is dark.
/// Returns the number of modules along a side, or 0 when the text is too long, `capacity` too small or memory short.
int cqrcode_encode(const char *text, uint8_t *modules, size_t capacity);
