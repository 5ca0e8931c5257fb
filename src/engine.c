/* SPDX-License-Identifier: MIT
 *
 * The engine as one file: all rooms from core to the desk of ebb/engine.h, which is
 * what it shows. Compiled to WebAssembly, together with native code of the models that
 * pages run, it imports nothing; meson.build has the command.
 *
 * The C library is wasi-libc, linked statically: its numbers are read and written
 * rightly to the last digit, as the bits of a model's constants and of JSON ask for,
 * and its memory grows with the module's. --stack-first: what overflows the stack ends
 * with a trap instead of in the data. -O3 makes it an eighth larger and no faster.
 * -disable-lsr: left to itself LLVM gives every row an address of its own, which is an
 * addition for each, where an offset in the instruction costs nothing.
 */

#include "ebb/engine.h"

#ifdef __wasm__

/* --- what the module shows -------------------------------------------------------- */

#define ENGINE_SHOWS(name) \
    extern __typeof__(name) name __attribute__((export_name(#name)));

ENGINE_SHOWS(ebb_room_new)
ENGINE_SHOWS(ebb_room_free)
ENGINE_SHOWS(ebb_desk_new)
ENGINE_SHOWS(ebb_desk_free)
ENGINE_SHOWS(ebb_desk_reply)
ENGINE_SHOWS(ebb_desk_reply_size)
ENGINE_SHOWS(ebb_desk_read_model)
ENGINE_SHOWS(ebb_desk_read_scenario)
ENGINE_SHOWS(ebb_desk_list)
ENGINE_SHOWS(ebb_desk_describe)
ENGINE_SHOWS(ebb_desk_set)
ENGINE_SHOWS(ebb_desk_vary)
ENGINE_SHOWS(ebb_desk_option)
ENGINE_SHOWS(ebb_desk_times)
ENGINE_SHOWS(ebb_desk_output)
ENGINE_SHOWS(ebb_desk_prepare)
ENGINE_SHOWS(ebb_desk_run)
ENGINE_SHOWS(ebb_desk_totals)
ENGINE_SHOWS(ebb_desk_quantile)
ENGINE_SHOWS(ebb_desk_verdicts)
ENGINE_SHOWS(ebb_desk_gain)
ENGINE_SHOWS(ebb_desk_rests)

#endif

/* --- the rooms -------------------------------------------------------------------- */

/* The kernels first, which all rooms share and which are to be fast everywhere. */
#include "math/power_kernel.h"
#include "math/random.h"
#include "math/trig_kernel.h"

/* What reads, prepares, describes and studies is compiled to be small: it takes
 * milliseconds, and a page carries the module with it. */
#if defined(__clang__)
#pragma clang attribute push(__attribute__((minsize)), apply_to = function)
#endif

#include "core/arena.c"
#include "core/calendar.c"
#include "core/error.c"
#include "core/facts.c"
#include "core/json.c"
#include "core/memory.c"
#include "core/nearest.c"
#include "core/text.c"
#include "core/words.c"

#include "lang/build.c"
#include "lang/claim.c"
#include "lang/claim_orders.c"
#include "lang/course.c"
#include "lang/declare.c"
#include "lang/derive.c"
#include "lang/diagram.c"
#include "lang/diagram_badges.c"
#include "lang/diagram_links.c"
#include "lang/diagram_loops.c"
#include "lang/diagram_place.c"
#include "lang/diagram_route.c"
#include "lang/diagram_signs.c"
#include "lang/diagram_svg.c"
#include "lang/diagram_words.c"
#include "lang/dump.c"
#include "lang/equations.c"
#include "lang/evaluate.c"
#include "lang/events.c"
#include "lang/excerpt.c"
#include "lang/form_latex.c"
#include "lang/form_mathml.c"
#include "lang/graph.c"
#include "lang/latex.c"
#include "lang/latex_break.c"
#include "lang/latex_table.c"
#include "lang/lets.c"
#include "lang/lexer.c"
#include "lang/library.c"
#include "lang/mathml.c"
#include "lang/model.c"
#include "lang/more.c"
#include "lang/operators.c"
#include "lang/orders.c"
#include "lang/parse_declare.c"
#include "lang/parse_extra.c"
#include "lang/parse_formula.c"
#include "lang/parse_model.c"
#include "lang/parse_scenario.c"
#include "lang/parse_summary.c"
#include "lang/parser.c"
#include "lang/partners.c"
#include "lang/population.c"
#include "lang/reading.c"
#include "lang/resolve.c"
#include "lang/rules.c"
#include "lang/scenario.c"
#include "lang/scenario_info.c"
#include "lang/shape.c"
#include "lang/statements.c"
#include "lang/summaries.c"
#include "lang/symbols.c"
#include "lang/telling.c"
#include "lang/trial.c"
#include "lang/units.c"
#include "lang/writing.c"

#include "engine/desk.c"
#include "engine/desk_describe.c"
#include "engine/desk_loop.c"
#include "engine/desk_run.c"
#include "engine/desk_settings.c"

#include "run/fuse.c"
#include "run/machine.c"
#include "run/native.c"
#include "run/program.c"
#include "run/settings.c"
#include "run/words.c"

#include "study/along.c"
#include "study/branch.c"
#include "study/claim_check.c"
#include "study/contrast.c"
#include "study/cut.c"
#include "study/cycle.c"
#include "study/equilibria.c"
#include "study/extend.c"
#include "study/flow.c"
#include "study/gain.c"
#include "study/interval.c"
#include "study/levers.c"
#include "study/links.c"
#include "study/lives.c"
#include "study/lives_count.c"
#include "study/locate.c"
#include "study/lyapunov.c"
#include "study/orbit.c"
#include "study/pace.c"
#include "study/path.c"
#include "study/people.c"
#include "study/reduce.c"
#include "study/rest.c"
#include "study/share.c"
#include "study/slow.c"
#include "study/solve.c"
#include "study/spectrum.c"
#include "study/spells.c"
#include "study/study.c"
#include "study/survival.c"
#include "study/sweep.c"
#include "study/trial_run.c"

#if defined(__clang__)
#pragma clang attribute pop
#endif

#include "math/eigen.c"
#include "math/elementary.c"
#include "math/linear.c"

#include "run/adaptive.c"
#include "run/chance.c"
#include "run/dormand_prince.c"
#include "run/drive.c"
#include "run/events.c"
#include "run/fixed.c"
#include "run/interpret.c"
#include "run/lanes.c"
#include "run/levels.c"
#include "run/lookback.c"
#include "run/map.c"
#include "run/numbers.c"
#include "run/range.c"
#include "run/rosenbrock.c"
#include "run/spread.c"
#include "run/totals.c"
#include "run/watch.c"

#ifdef __wasm__

/* --- files ------------------------------------------------------------------------ */

/* vsnprintf shares its code with the writing of files, and so the library's calls to
 * the system are linked, which would be imports of the module. They are never made: to
 * each the answer is that there is no such file. */
enum { ENGINE_NO_FILE = 8 }; /* WASI's EBADF */

int32_t __imported_wasi_snapshot_preview1_fd_close(int32_t file)
{
    (void)file;
    return ENGINE_NO_FILE;
}

int32_t __imported_wasi_snapshot_preview1_fd_seek(int32_t file, int64_t offset,
                                                  int32_t whence, int32_t result)
{
    (void)file, (void)offset, (void)whence, (void)result;
    return ENGINE_NO_FILE;
}

int32_t __imported_wasi_snapshot_preview1_fd_write(int32_t file, int32_t pieces,
                                                   int32_t count, int32_t result)
{
    (void)file, (void)pieces, (void)count, (void)result;
    return ENGINE_NO_FILE;
}

#endif
