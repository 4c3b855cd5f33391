/* For loops whose results have the same bits however they are compiled. The compiler makes a
 * version for each kind of processor, and the loader chooses one. */
#pragma once

#if defined(__x86_64__) && defined(__ELF__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif
