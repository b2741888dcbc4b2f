#include "CFreeType.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <stdlib.h>

struct ws_font {
    FT_Library library;
    FT_Face face;
};

ws_font *ws_font_open(const uint8_t *bytes, size_t count) {
    ws_font *font = calloc(1, sizeof *font);
    if (!font) return NULL;
    if (FT_Init_FreeType(&font->library)) {
        free(font);
        return NULL;
    }
    if (FT_New_Memory_Face(font->library, bytes, (FT_Long)count, 0, &font->face)) {
        FT_Done_FreeType(font->library);
        free(font);
        return NULL;
    }
    return font;
}

void ws_font_close(ws_font *font) {
    if (!font) return;
    FT_Done_Face(font->face);
    FT_Done_FreeType(font->library);
    free(font);
}

int ws_font_measure(
    ws_font *font, const uint32_t *characters, size_t count, int size, int *width, int *above, int *below) {
    if (FT_Set_Pixel_Sizes(font->face, 0, (FT_UInt)size)) return 0;
    long long pen = 0;
    for (size_t index = 0; index < count; index++) {
        if (FT_Load_Char(font->face, characters[index], FT_LOAD_DEFAULT)) return 0;
        pen += font->face->glyph->advance.x;
    }
    if (pen > INT32_MAX) return 0;
    *width = (int)((pen + 63) / 64);
    *above = (int)((font->face->size->metrics.ascender + 63) / 64);
    *below = (int)((-font->face->size->metrics.descender + 63) / 64);
    return 1;
}

static void put(const FT_Bitmap *from, int left, int top, uint8_t *mask, int width, int height, size_t stride) {
    for (int row = 0; row < (int)from->rows; row++) {
        int y = top + row;
        if (y < 0 || y >= height) continue;
        const unsigned char *line = from->buffer + (long)row * from->pitch;
        for (int column = 0; column < (int)from->width; column++) {
            int x = left + column;
            if (x < 0 || x >= width) continue;
            uint8_t *target = mask + (size_t)y * stride + x;
            if (line[column] > *target) *target = line[column];
        }
    }
}

int ws_font_draw(
    ws_font *font, const uint32_t *characters, size_t count, int size, int x, int baseline, uint8_t *mask, int width,
    int height, size_t stride) {
    if (FT_Set_Pixel_Sizes(font->face, 0, (FT_UInt)size)) return 0;
    long long pen = (long long)x * 64;
    for (size_t index = 0; index < count; index++) {
        if (FT_Load_Char(font->face, characters[index], FT_LOAD_RENDER)) return 0;
        FT_GlyphSlot glyph = font->face->glyph;
        if (glyph->bitmap.pixel_mode == FT_PIXEL_MODE_GRAY)
            put(&glyph->bitmap, (int)(pen / 64) + glyph->bitmap_left, baseline - glyph->bitmap_top, mask, width, height,
                stride);
        pen += glyph->advance.x;
        if (pen > (long long)INT32_MAX) return 0;
    }
    return 1;
}
