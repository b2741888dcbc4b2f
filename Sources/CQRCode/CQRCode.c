#include "CQRCode.h"

#include <qrencode.h>

int cqrcode_encode(const char *text, uint8_t *modules, size_t capacity) {
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_Q);
    if (code == NULL) return 0;
    int width = code->width;
    size_t count = (size_t)width * (size_t)width;
    if (count > capacity) {
        QRcode_free(code);
        return 0;
    }
    // The lowest bit is the colour; the others say what the module is for.
    for (size_t index = 0; index < count; index++) modules[index] = code->data[index] & 1;
    QRcode_free(code);
    return width;
}
