/* SPDX-License-Identifier: MIT
 *
 * The engine's WebAssembly module as it is embedded for the page of the lab; made from
 * src/engine.c at build time. Where there was nothing to make it with it is empty.
 */
#ifndef EBB_REPORT_ENGINE_ASSET_H
#define EBB_REPORT_ENGINE_ASSET_H

#include <stddef.h>

/* `ebb_engine_module_size` bytes, and a NUL that does not count. */
extern const unsigned char ebb_engine_module[];
extern const size_t ebb_engine_module_size;

#endif
