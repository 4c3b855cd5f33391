/* Non-variadic doors onto libedit. */
#pragma once
#include <histedit.h>
