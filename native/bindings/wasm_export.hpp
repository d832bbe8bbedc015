// What the modules for the browser share.
#pragma once
#include "haalweg/buffer.hpp"

#define HAALWEG_EXPORT(name, result) extern "C" __attribute__((export_name(#name))) result name
