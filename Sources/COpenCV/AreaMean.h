#pragma once
#include "COpenCV.h"

/// Shrinks one plane to the mean of the area that each new sample covers. The same as OpenCV's INTER_AREA to one level
/// in 256, in a fraction of its time: whole rows are added up first, in 16-bit fixed point.
/// Neither side may grow. Throws std::bad_alloc.
void shrink_to_mean(const ws_pixels &from, const ws_pixels &to);
