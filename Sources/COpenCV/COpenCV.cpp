#include "COpenCV.h"

#include "AreaMean.h"

#include <exception>
#include <malloc.h>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace {

cv::Mat view(const ws_pixels *of) { return cv::Mat(of->height, of->width, CV_8UC(of->channels), of->samples, of->stride); }

/* No exception crosses into C; the caller learns only that it did not work. */
template <typename Body>
int contained(Body body) noexcept {
    try {
        return body() ? 1 : 0;
    } catch (const std::exception &) {
        return 0;
    } catch (...) {
        return 0;
    }
}

/* A picture's planes are of the same size time after time: giving their pages back to the kernel after each and
   faulting them in again costs more than the resizing. What lies above a quarter of a gigabyte is given back. */
void keep_memory() {
#if defined(__GLIBC__)
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}

}  // namespace

int ws_cv_set_up(void) {
    return contained([] {
        cv::setNumThreads(1);
        keep_memory();
        cv::redirectError([](int, const char *, const char *, const char *, int, void *) { return 0; });
        return true;
    });
}

void ws_cv_release_memory(void) {
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}

int ws_cv_resize(const ws_pixels *from, const ws_pixels *to) {
    return contained([&] {
        cv::Mat source = view(from), target = view(to);
        const bool shrinks = to->width <= from->width && to->height <= from->height;
        /* These two OpenCV does as fast as can be. */
        const bool halves = from->width == 2 * to->width && from->height == 2 * to->height;
        const bool copies = from->width == to->width && from->height == to->height;
        if (shrinks && !halves && !copies && from->channels == 1) {
            shrink_to_mean(*from, *to);
            return true;
        }
        cv::resize(source, target, target.size(), 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
        return target.data == to->samples;
    });
}

int ws_cv_resample(const ws_pixels *from, const ws_pixels *to) {
    return contained([&] {
        cv::Mat source = view(from), target = view(to);
        cv::resize(source, target, target.size(), 0, 0, cv::INTER_LINEAR);
        return target.data == to->samples;
    });
}

int ws_cv_upright(const ws_pixels *from, int orientation, const ws_pixels *to) {
    return contained([&] {
        cv::Mat source = view(from), target = view(to);
        if (orientation >= 5) {
            cv::Mat turned;
            cv::transpose(source, turned);
            source = turned;
        }
        if (source.size() != target.size()) return false;
        /* After a transposition 5 is done; 6 is then mirrored, 7 turned by half, 8 flipped. */
        switch (orientation) {
        case 2: case 6: cv::flip(source, target, 1); break;
        case 3: case 7: cv::flip(source, target, -1); break;
        case 4: case 8: cv::flip(source, target, 0); break;
        default: source.copyTo(target); break;
        }
        return target.data == to->samples;
    });
}

int ws_cv_warp(const ws_pixels *from, const ws_pixels *to, const double back[6]) {
    return contained([&] {
        cv::Mat source = view(from), target = view(to);
        const cv::Mat matrix(2, 3, CV_64F, const_cast<double *>(back));
        cv::warpAffine(
            source, target, matrix, target.size(), cv::INTER_CUBIC | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
        return target.data == to->samples;
    });
}

int ws_cv_blend(const ws_pixels *over, const ws_pixels planes[3]) {
    return contained([&] {
        cv::Mat layer = view(over), colours, opacity;
        cv::cvtColor(layer, colours, cv::COLOR_BGRA2BGR);
        cv::cvtColor(colours, colours, cv::COLOR_BGR2YCrCb);
        cv::extractChannel(layer, opacity, 3);
        opacity.convertTo(opacity, CV_32F, 1.0 / 255);
        for (int plane = 0; plane < 3; plane++) {
            /* OpenCV's order is Y, Cr, Cb. */
            cv::Mat values, weights = opacity, target = view(&planes[plane]), below;
            cv::extractChannel(colours, values, plane == 0 ? 0 : 3 - plane);
            values.convertTo(values, CV_32F);
            values = values.mul(opacity);
            if (target.size() != layer.size()) {
                cv::resize(values, values, target.size(), 0, 0, cv::INTER_AREA);
                cv::resize(opacity, weights, target.size(), 0, 0, cv::INTER_AREA);
            }
            target.convertTo(below, CV_32F);
            cv::Mat mixed = below - below.mul(weights) + values;
            mixed.convertTo(target, CV_8U);
            if (target.data != planes[plane].samples) return false;
        }
        return true;
    });
}

int ws_cv_statistics(const ws_pixels *of, double *mean, double *deviation) {
    return contained([&] {
        cv::Scalar means, deviations;
        cv::meanStdDev(view(of), means, deviations);
        *mean = means[0];
        *deviation = deviations[0];
        return true;
    });
}

int ws_cv_fill(const ws_pixels *pixels, uint8_t value) {
    return contained([&] {
        view(pixels).setTo(cv::Scalar::all(value));
        return true;
    });
}
