#include "AreaMean.h"

#include <algorithm>
#include <vector>

namespace {

/// Which old samples make a new one, and by how much each counts; weights add up to 256.
struct Taps {
    int first;
    std::vector<uint16_t> weights;
};

std::vector<Taps> taps(int from, int to) {
    std::vector<Taps> all(to);
    const double scale = double(from) / to;
    for (int index = 0; index < to; index++) {
        const double start = index * scale, end = std::min((index + 1) * scale, double(from));
        Taps &taps = all[index];
        taps.first = int(start);
        double covered = 0;
        int given = 0;
        for (int sample = taps.first; sample < from && (sample < end || taps.weights.empty()); sample++) {
            covered += std::min(sample + 1.0, end) - std::max(double(sample), start);
            /* Rounding the running sum keeps the whole at 256. */
            const int upToHere = std::min(256, int(covered / (end - start) * 256 + 0.5));
            taps.weights.push_back(uint16_t(upToHere - given));
            given = upToHere;
        }
        taps.weights.back() = uint16_t(taps.weights.back() + 256 - given);
    }
    return all;
}

#if defined(__x86_64__) && defined(__linux__)
#define WS_CLONES __attribute__((target_clones("avx512bw", "avx2", "default")))
#else
#define WS_CLONES
#endif

/// 255 * 256 fits 16 bits.
WS_CLONES void begin_row(uint16_t *__restrict sums, const uint8_t *__restrict row, int count, uint16_t weight) {
    for (int column = 0; column < count; column++) sums[column] = uint16_t(row[column] * weight);
}

WS_CLONES void add_row(uint16_t *__restrict sums, const uint8_t *__restrict row, int count, uint16_t weight) {
    for (int column = 0; column < count; column++) sums[column] = uint16_t(sums[column] + row[column] * weight);
}

/// Each new sample takes `width` old ones from its first on; those beyond its own have weight 0.
template <int width>
void finish_row(uint8_t *to, const uint16_t *sums, const int *firsts, const uint16_t *weights, int count) {
    for (int column = 0; column < count; column++) {
        const uint16_t *from = sums + firsts[column], *weight = weights + column * width;
        uint32_t sum = 1u << 15;
        for (int tap = 0; tap < width; tap++) sum += uint32_t(from[tap]) * weight[tap];
        to[column] = uint8_t(sum >> 16);
    }
}

void finish_row_any(
    uint8_t *to, const uint16_t *sums, const int *firsts, const uint16_t *weights, int count, int width) {
    for (int column = 0; column < count; column++) {
        const uint16_t *from = sums + firsts[column], *weight = weights + size_t(column) * width;
        uint32_t sum = 1u << 15;
        for (int tap = 0; tap < width; tap++) sum += uint32_t(from[tap]) * weight[tap];
        to[column] = uint8_t(sum >> 16);
    }
}

}  // namespace

void shrink_to_mean(const ws_pixels &from, const ws_pixels &to) {
    const std::vector<Taps> columns = taps(from.width, to.width), rows = taps(from.height, to.height);
    size_t width = 1;
    for (const Taps &column : columns) width = std::max(width, column.weights.size());
    std::vector<int> firsts(to.width);
    std::vector<uint16_t> weights(size_t(to.width) * width, 0);
    for (int column = 0; column < to.width; column++) {
        firsts[column] = columns[column].first;
        std::copy(columns[column].weights.begin(), columns[column].weights.end(), weights.begin() + column * width);
    }
    /* The last samples may read beyond the row, at weight 0. */
    std::vector<uint16_t> sums(from.width + width, 0);
    for (int row = 0; row < to.height; row++) {
        const Taps &taps = rows[row];
        for (size_t tap = 0; tap < taps.weights.size(); tap++) {
            const uint8_t *samples = from.samples + (taps.first + tap) * from.stride;
            if (tap == 0) begin_row(sums.data(), samples, from.width, taps.weights[tap]);
            else add_row(sums.data(), samples, from.width, taps.weights[tap]);
        }
        uint8_t *target = to.samples + row * to.stride;
        switch (width) {
        case 1: case 2: case 3:
            finish_row_any(target, sums.data(), firsts.data(), weights.data(), to.width, int(width));
            break;
        case 4: finish_row<4>(target, sums.data(), firsts.data(), weights.data(), to.width); break;
        case 5: finish_row<5>(target, sums.data(), firsts.data(), weights.data(), to.width); break;
        case 6: finish_row<6>(target, sums.data(), firsts.data(), weights.data(), to.width); break;
        default: finish_row_any(target, sums.data(), firsts.data(), weights.data(), to.width, int(width));
        }
    }
}
