// The parts of glibc's allocator that Swift's own module map of glibc leaves out.
#pragma once
#include <malloc.h>
