/* The loops of one variant, for both scalar types. */

#define SCALAR float
#include "kernel_body.h"
#undef SCALAR
#define SCALAR double
#include "kernel_body.h"
#include "vector_body.h"
#undef SCALAR
