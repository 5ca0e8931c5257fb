/* SPDX-License-Identifier: MIT
 * From a compiled run to kernels in C. */
#include "emit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/fail.h"
#include "section.h"

enum { EMIT_ROWS_MOST = 256 };

/* What the rows of a run write. */
typedef enum target { TO_NEXT, TO_PUSH, TO_RATE, TO_ROWS, TARGETS } target_t;

static const char *const target_words[TARGETS] = {"next", "push", "rate", "rows"};

/* One kernel of one run. */
typedef struct kernel {
    const ebb_simulation_t *run;
    ebb_text_t *out;
    const char *model;
    const char *states;                 /* the rows from which states are read */
    section_t section;                  /* the one at hand */
    bool any;                           /* for any width, not the usual one */
    bool late[TARGETS][EMIT_ROWS_MOST]; /* of any width: what is still to be written */
    uint32_t *fixed_row; /* of each register: row of `fixed`, or EBB_NONE */
} kernel_t;

/* Writes what becomes of one row, once its rate is known. */
typedef void put_row_t(kernel_t *k, size_t row);

/* Writes what a kernel does with one lane. */
typedef void put_body_t(kernel_t *k);

static const char *const use_words[] = {"map", "euler", "heun", "rates"};

static const char *const op_names[] = {
#define OP_NAME(name, arity, word) #name,
    EBB_OP_LIST(OP_NAME)
#undef OP_NAME
};

/* --- values ----------------------------------------------------------------------- */

static void put_number(ebb_text_t *out, double x)
{
    if (isnan(x)) {
        ebb_text_puts(out, "EBB_NAN");
    } else if (isinf(x)) {
        ebb_text_puts(out, x > 0 ? "EBB_INFINITY" : "-EBB_INFINITY");
    } else {
        ebb_text_printf(out, "%a", x); /* exact */
    }
}

/* A number that another one is compared with: see EBB_KERNEL_ROWS. */
static void put_compared(ebb_text_t *out, double x)
{
    if (x == 0 && !signbit(x)) {
        ebb_text_puts(out, "zero");
    } else {
        put_number(out, x);
    }
}

/* The number that a value is, or NULL if it is none. */
static const double *known_number(const kernel_t *k, value_t value)
{
    const ebb_program_t *program = &k->run->program;
    uint32_t first = program->leaf[EBB_LEAF_COUNT];
    bool known = value.op == EBB_NONE && value.number >= first &&
                 value.number < first + program->constant_count;
    return known ? &program->constants[value.number - first] : NULL;
}

/* A value as an expression. */
static void put_value(const kernel_t *k, value_t value)
{
    const ebb_program_t *program = &k->run->program;
    const double *number = known_number(k, value);
    if (number) {
        put_number(k->out, *number);
    } else if (value.op != EBB_NONE) {
        ebb_text_printf(k->out, "v%u", value.op);
    } else if (value.number < program->leaf[EBB_LEAF_TIME]) {
        ebb_text_printf(k->out, "(%s + i)[%u * w]", k->states, value.number);
    } else if (value.number < program->leaf[EBB_LEAF_COUNT]) {
        ebb_text_printf(k->out, "(leaf + i)[%u * w]", value.number);
    } else {
        ebb_text_printf(k->out, "(fixed + i)[%u * w]", k->fixed_row[value.number]);
    }
}

static void put_operand(const kernel_t *k, ebb_op_t op, value_t value)
{
    const double *number = known_number(k, value);
    if (number && (op == EBB_OP_MIN || op == EBB_OP_MAX)) {
        put_compared(k->out, *number);
    } else {
        put_value(k, value);
    }
}

static void put_operation(const kernel_t *k, uint32_t number)
{
    const ebb_operation_t *op = &k->run->program.code[number];
    int arity = ebb_op_arity((ebb_op_t)op->op);
    ebb_text_printf(k->out, "        const double v%u = %s_of(", number,
                    op_names[op->op]);
    for (int i = 0; i < 3; i++) {
        ebb_text_puts(k->out, i ? ", " : "");
        if (i < arity) {
            put_operand(k, (ebb_op_t)op->op, k->section.operands[number][i]);
        } else {
            ebb_text_puts(k->out, "0");
        }
    }
    ebb_text_puts(k->out, ");\n");
}

/* --- frames ----------------------------------------------------------------------- */

static void put_name(const kernel_t *k, const char *part)
{
    ebb_text_printf(k->out, "%s_%s_%s", k->model, use_words[ebb_native_use(k->run)],
                    part);
}

/* Writes `(row + i)[number * w] = `, for an expression to follow. Of any width the
 * number is written once all are known: a page has one lane, and the compiler joins
 * what the two partners have alike only where nothing is written in between. */
static void put_target(kernel_t *k, target_t target, size_t number)
{
    const char *row = target_words[target];
    if (k->any) {
        ebb_text_printf(k->out, "        const double %s_%zu = ", row, number);
    } else {
        ebb_text_printf(k->out, "        (%s + i)[%zu * w] = ", row, number);
    }
    k->late[target][number] = k->any;
}

/* Writes what is late, neighbours side by side. */
static void put_late(kernel_t *k)
{
    for (int t = 0; t < TARGETS; t++) {
        for (size_t row = 0; row < EMIT_ROWS_MOST; row++) {
            if (k->late[t][row]) {
                ebb_text_printf(k->out, "        (%s + i)[%zu * w] = %s_%zu;\n",
                                target_words[t], row, target_words[t], row);
            }
        }
    }
    memset(k->late, 0, sizeof k->late);
}

/* The loop over the lanes of the usual width, which the compiler knows: it then finds
 * each row at a known distance from the first. Or over those of any width. */
static void put_loop(kernel_t *k, const char *part, put_body_t *body)
{
    ebb_text_puts(k->out, k->any ? "EBB_KERNEL_ANY(" : "EBB_KERNEL_USUAL(");
    put_name(k, part);
    ebb_text_puts(k->out, ")\n{\n    ");
    ebb_text_puts(k->out, k->any ? "const size_t w = EBB_KERNEL_WIDTH(r);\n"
                                 : "enum { w = EBB_LANES_NATIVE };\n");
    ebb_text_puts(k->out, "    EBB_KERNEL_ROWS(r);\n    EBB_LANE_LOOP\n"
                          "    for (size_t i = 0; i < w; i++) {\n");
    body(k);
    put_late(k);
    ebb_text_puts(k->out, "    }\n    return (int)(used >> 63);\n}\n\n");
}

/* Both loops, and the choice between them. */
static void put_kernel(kernel_t *k, const char *part, ebb_section_t section,
                       put_body_t *body)
{
    for (int any = 0; any < 2; any++) {
        k->any = any;
        section_open(&k->section, &k->run->program, section);
        put_loop(k, part, body);
    }
    ebb_text_puts(k->out, "EBB_KERNEL(");
    put_name(k, part);
    ebb_text_puts(k->out, ")\n\n");
}

/* Noise of a state as the number of its noise, or EBB_NONE. */
static uint32_t noise_of(const ebb_simulation_t *run, size_t state)
{
    for (uint32_t k = 0; k < run->noises; k++) {
        if (run->noise_state[k] == state) { /* never a row beyond the states */
            return k;
        }
    }
    return EBB_NONE;
}

/* Whether a chance has come to its end, of the rows as they are now. */
static void put_used(kernel_t *k)
{
    put_late(k);
    for (size_t r = k->run->states; r < k->run->rows; r++) {
        ebb_text_printf(k->out, "        used |= ebb_used_up((rows + i)[%zu * w]);\n",
                        r);
    }
}

/* --- kernels ---------------------------------------------------------------------- */

/* Whether a register holds a result of the section `fixed`. */
static bool is_fixed(const kernel_t *k, uint32_t number)
{
    const ebb_program_t *program = &k->run->program;
    size_t first = program->leaf[EBB_LEAF_COUNT] + program->constant_count;
    return number >= first && number < first + program->fixed.count;
}

static void place_one(kernel_t *k, value_t value, uint32_t *rows)
{
    if (value.op == EBB_NONE && is_fixed(k, value.number) &&
        k->fixed_row[value.number] == EBB_NONE) {
        k->fixed_row[value.number] = (*rows)++;
    }
}

/* Gives a row of `fixed` to each result of the section `fixed` that the run's section
 * reads. Returns how many there are. */
static size_t place_fixed(kernel_t *k)
{
    const ebb_program_t *program = &k->run->program;
    size_t number = ebb_native_section(k->run);
    ebb_section_t section = program->sections[number];
    uint32_t rows = 0;
    memset(k->fixed_row, 0xff, program->register_count * sizeof *k->fixed_row);
    section_open(&k->section, program, section);
    for (size_t c = section.first; c < section.first + section.count; c++) {
        for (int i = 0; i < ebb_op_arity((ebb_op_t)program->code[c].op); i++) {
            place_one(k, k->section.operands[c][i], &rows);
        }
    }
    for (size_t r = 0; r < section.root_count; r++) {
        place_one(k, k->section.roots[r], &rows);
    }
    return rows;
}

/* All of the section `fixed`: what is not read is dropped by the compiler. */
static void put_fixed(kernel_t *k)
{
    const ebb_program_t *program = &k->run->program;
    for (uint32_t c = 0; c < program->fixed.count; c++) {
        uint32_t row = k->fixed_row[program->code[c].out];
        put_operation(k, c);
        if (row != EBB_NONE) {
            ebb_text_printf(k->out, "        (fixed + i)[%u * w] = v%u;\n", row, c);
        }
    }
}

static void put_rate_row(kernel_t *k, size_t row)
{
    put_target(k, TO_RATE, row);
    put_value(k, k->section.roots[row]);
    ebb_text_puts(k->out, ";\n");
}

/* Whether all that becomes of a row is known: its rate, its noise and the factor. */
static bool row_is_known(const kernel_t *k, size_t row)
{
    const section_t *s = &k->section;
    uint32_t noise = noise_of(k->run, row);
    bool known = section_knows(s, s->roots[row]);
    for (size_t r = k->run->rows + noise; noise != EBB_NONE && r < s->root_count;
         r += k->run->noises) {
        known = known && section_knows(s, s->roots[r]);
    }
    return known;
}

/* The operations of the section, each row as soon as it is known. */
static void put_rows(kernel_t *k, put_row_t *put_row)
{
    section_t *s = &k->section;
    bool written[EMIT_ROWS_MOST] = {false};
    for (size_t c = 0; c <= s->count; c++) {
        for (size_t row = 0; row < k->run->rows; row++) {
            if (!written[row] && row_is_known(k, row)) {
                put_row(k, row);
                written[row] = true;
            }
        }
        if (c < s->count) {
            put_operation(k, s->order[c]);
            s->done[s->order[c]] = true;
        }
    }
}

static void put_rates(kernel_t *k)
{
    put_rows(k, put_rate_row);
}

/* What noise n adds, as pn. */
static void put_push(kernel_t *k, uint32_t n)
{
    const ebb_simulation_t *run = k->run;
    bool map = run->method == EBB_METHOD_MAP, heun = run->method == EBB_METHOD_HEUN;
    ebb_text_printf(k->out, "        const double w%u = %s(normal + i)[%u * w];\n", n,
                    map ? "" : "root * ", n);
    ebb_text_printf(k->out, "        const double %s%u = ", heun ? "b" : "p", n);
    put_value(k, k->section.roots[run->rows + n]);
    ebb_text_printf(k->out, " * w%u;\n", n);
    if (heun) {
        ebb_text_printf(k->out, "        const double p%u = b%u + ", n, n);
        put_value(k, k->section.roots[run->rows + run->noises + n]);
        ebb_text_printf(k->out, " * (w%u * w%u - h);\n", n, n);
        put_target(k, TO_PUSH, n);
        ebb_text_printf(k->out, "p%u;\n", n);
    }
}

/* The row after a step, or where the second half of Heun's is taken. */
static void put_after(const kernel_t *k, size_t row)
{
    const ebb_simulation_t *run = k->run;
    uint32_t noise = noise_of(run, row);
    bool map = run->method == EBB_METHOD_MAP;
    if (!map || row >= run->states) {
        ebb_text_printf(k->out, "(rows + i)[%zu * w] + %s", row, map ? "" : "h * ");
    }
    put_value(k, k->section.roots[row]);
    if (noise != EBB_NONE) {
        ebb_text_printf(k->out, " + p%u", noise);
    }
}

/* The same within the bounds of the state. */
static void put_bounded(const kernel_t *k, size_t row)
{
    const ebb_state_t *state = &k->run->system->states[row];
    if (row >= k->run->states || state->bound == EBB_BOUND_NONE) {
        put_after(k, row);
        return;
    }
    bool clip = state->bound == EBB_BOUND_CLIP;
    ebb_text_puts(k->out, clip ? "ebb_clipped(" : "ebb_reflected(");
    put_after(k, row);
    ebb_text_puts(k->out, ", ");
    put_compared(k->out, state->low);
    ebb_text_puts(k->out, ", ");
    put_compared(k->out, state->high);
    ebb_text_puts(k->out, ")");
}

static void put_push_of_row(kernel_t *k, size_t row)
{
    if (noise_of(k->run, row) != EBB_NONE) {
        put_push(k, noise_of(k->run, row));
    }
}

static void put_step_row(kernel_t *k, size_t row)
{
    put_push_of_row(k, row);
    ebb_text_printf(k->out, "        const double x%zu = ", row);
    put_after(k, row);
    ebb_text_puts(k->out, ";\n");
    if (row >= k->run->states) {
        put_rate_row(k, row);
    }
}

/* A whole step in place: all new values are known before the first is written. */
static void put_step(kernel_t *k)
{
    put_rows(k, put_step_row);
    for (size_t row = 0; row < k->run->rows; row++) {
        put_target(k, TO_ROWS, row);
        ebb_text_printf(k->out, "x%zu;\n", row);
    }
    put_used(k);
}

static void put_first_row(kernel_t *k, size_t row)
{
    put_rate_row(k, row);
    put_push_of_row(k, row);
    put_target(k, TO_NEXT, row);
    put_bounded(k, row);
    ebb_text_puts(k->out, ";\n");
}

static void put_heun_first(kernel_t *k)
{
    put_rows(k, put_first_row);
}

static void put_second_row(kernel_t *k, size_t row)
{
    uint32_t noise = noise_of(k->run, row);
    put_target(k, TO_ROWS, row);
    ebb_text_printf(k->out, "(rows + i)[%zu * w] + 0.5 * h * ((rate + i)[%zu * w] + ",
                    row, row);
    put_value(k, k->section.roots[row]);
    ebb_text_puts(k->out, ")");
    if (noise != EBB_NONE) {
        ebb_text_printf(k->out, " + (push + i)[%u * w]", noise);
    }
    ebb_text_puts(k->out, ";\n");
}

static void put_heun_second(kernel_t *k)
{
    k->states = "next";
    put_rows(k, put_second_row);
    put_used(k);
    k->states = "rows";
}

/* --- models ----------------------------------------------------------------------- */

/* By which a run is recognised: digest, name, shape. */
static void put_identity(const kernel_t *k, ebb_text_t *table, uint64_t digest)
{
    const ebb_native_shape_t shape = ebb_native_shape(k->run);
    ebb_text_printf(table, "    {0x%016llx, \"%s\", {%u, %u, %u, %u, {",
                    (unsigned long long)digest, k->model, shape.use, shape.states,
                    shape.chances, shape.noises);
    for (size_t i = 0; i < sizeof shape.leaf / sizeof *shape.leaf; i++) {
        ebb_text_printf(table, i ? ", %u" : "%u", shape.leaf[i]);
    }
    ebb_text_printf(table, "}, %u}, ", shape.leaves);
}

static int put_kernels(kernel_t *k, emit_t *emit)
{
    uint64_t digest = 0;
    ebb_native_use_t use = ebb_native_use(k->run);
    int code = ebb_native_digest(k->run, &digest);
    size_t fixed = place_fixed(k);
    const ebb_section_t *sections = k->run->program.sections;
    put_kernel(k, "fixed", k->run->program.fixed, put_fixed);
    if (use == EBB_NATIVE_RATES) {
        put_kernel(k, "step", sections[EBB_DO_RATES], put_rates);
    } else if (use == EBB_NATIVE_HEUN) {
        put_kernel(k, "step", sections[EBB_DO_FLOW], put_heun_first);
        put_kernel(k, "arrive", sections[EBB_DO_RATES], put_heun_second);
    } else {
        put_kernel(k, "step", sections[EBB_DO_FLOW], put_step);
    }
    const char *name = k->model, *word = use_words[use];
    put_identity(k, &emit->table, digest);
    ebb_text_printf(&emit->table, "%zu, %s_%s_fixed, %s_%s_step, ", fixed, name, word,
                    name, word);
    if (use == EBB_NATIVE_HEUN) {
        ebb_text_printf(&emit->table, "%s_heun_arrive},\n", name);
    } else {
        ebb_text_puts(&emit->table, "NULL},\n");
    }
    return code;
}

static int put_run(emit_t *emit, const ebb_simulation_t *run, ebb_error_t *error)
{
    size_t registers = run->program.register_count + 1;
    kernel_t k = {.run = run,
                  .out = &emit->code,
                  .model = run->system->name,
                  .states = "rows",
                  .fixed_row = malloc(registers * sizeof *k.fixed_row)};
    int code = section_init(&k.section, &run->program);
    code = code || k.fixed_row ? code : EBB_ERR_MEMORY;
    if (run->rows > EMIT_ROWS_MOST) {
        code = EBB_ERR_LIMIT;
        (void)ebb_fail(error, code,
                       "`%s` has %zu states and chances; native code is written for up "
                       "to %d: leave the model out",
                       k.model, run->rows, EMIT_ROWS_MOST);
    }
    code = code ? code : put_kernels(&k, emit);
    section_free(&k.section);
    free(k.fixed_row);
    return code;
}

static void put_line(emit_t *emit, const char *line)
{
    ebb_text_puts(&emit->code, line);
    ebb_text_puts(&emit->table, line);
}

/* The kernels for one method, if it is one for this model. Euler's steps are asked for
 * seldom, and are left out where size counts. */
static int put_method(emit_t *emit, const ebb_model_t *model, ebb_method_t method,
                      ebb_error_t *error)
{
    ebb_run_settings_t settings = {
        .length = 1, .method = method, .engine = EBB_ENGINE_INTERPRETER};
    ebb_simulation_t *run = NULL;
    int code = ebb_run_new(&run, model, NULL, &settings, error);
    if (code) {
        return code == EBB_ERR_ARGUMENT ? EBB_OK : code;
    }
    bool seldom = run->method == EBB_METHOD_EULER;
    put_line(emit, seldom ? "#ifndef EBB_NATIVE_SMALL\n" : "");
    code = ebb_machine_compile(run, false, error);
    code = code ? code : put_run(emit, run, error);
    put_line(emit, seldom ? "#endif\n" : "");
    ebb_run_free(run);
    return code;
}

void emit_begin(emit_t *emit)
{
    ebb_text_init(&emit->code, NULL);
    ebb_text_init(&emit->table, NULL);
    ebb_text_puts(&emit->code, "/* SPDX-License-Identifier: MIT\n"
                               " * Written by tools/native from models; not to be "
                               "changed by hand. */\n"
                               "#include \"run/native_kernel.h\"\n\n");
}

int emit_model(emit_t *emit, const ebb_model_t *model, ebb_error_t *error)
{
    static const ebb_method_t methods[] = {EBB_METHOD_MAP, EBB_METHOD_EULER,
                                           EBB_METHOD_HEUN, EBB_METHOD_DORMAND_PRINCE};
    int code = EBB_OK;
    for (size_t i = 0; i < sizeof methods / sizeof *methods && !code; i++) {
        code = put_method(emit, model, methods[i], error);
    }
    return code;
}

void emit_end(emit_t *emit)
{
    ebb_text_puts(
        &emit->code,
        "__attribute__((flatten)) static void native_normals(\n"
        "    double *out, const uint32_t *slots, size_t count, ebb_chance_place_t at)\n"
        "{\n    ebb_chance_rows(out, slots, count, at);\n}\n\n"
        "static const ebb_native_t native_models[] = {\n");
    ebb_text_append(&emit->code, emit->table.data, emit->table.length);
    ebb_text_puts(&emit->code,
                  "};\n\nextern const ebb_native_level_t EBB_NATIVE_TABLE;\n"
                  "const ebb_native_level_t EBB_NATIVE_TABLE = {\n"
                  "    native_models, sizeof native_models / sizeof *native_models, "
                  "native_normals};\n");
    emit->code.failed = emit->code.failed ? emit->code.failed : emit->table.failed;
}

void emit_free(emit_t *emit)
{
    ebb_text_free(&emit->code);
    ebb_text_free(&emit->table);
}
