/* For loops whose results have the same bits however they are compiled: the compiler makes one for
 * each kind of processor, and the loader picks. */
#pragma once

#if defined(__x86_64__) && defined(__ELF__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif
