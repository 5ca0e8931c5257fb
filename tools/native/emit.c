/* SPDX-License-Identifier: MIT
 * From a compiled run to kernels in C. */
#include "emit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/fail.h"
#include "run/native.h"

/* One kernel of one run. */
typedef struct kernel {
    const ebb_simulation_t *run;
    ebb_text_t *out;
    const char *model;
    const char *states;  /* the rows from which states are read */
    uint32_t *variable;  /* of each register: number of the variable it is in */
    uint32_t *fixed_row; /* of each register: row of `fixed`, or EBB_NONE */
    uint32_t variables;
} kernel_t;

static const char *const use_words[] = {"map", "euler", "heun", "rates"};

static const char *const op_names[] = {
#define OP_NAME(name, arity, word) #name,
    EBB_OP_LIST(OP_NAME)
#undef OP_NAME
};

/* --- operands --------------------------------------------------------------------- */

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

/* What a register holds, as an expression. */
static void put_register(const kernel_t *k, uint32_t number)
{
    const ebb_program_t *program = &k->run->program;
    uint32_t constants = program->leaf[EBB_LEAF_COUNT];
    if (number < program->leaf[EBB_LEAF_TIME]) {
        ebb_text_printf(k->out, "%s[%u * w + i]", k->states, number);
    } else if (number < constants) {
        ebb_text_printf(k->out, "leaf[%u * w + i]", number);
    } else if (number < constants + program->constant_count) {
        put_number(k->out, program->constants[number - constants]);
    } else if (k->fixed_row[number] != EBB_NONE && k->variable[number] == EBB_NONE) {
        ebb_text_printf(k->out, "fixed[%u * w + i]", k->fixed_row[number]);
    } else {
        ebb_text_printf(k->out, "v%u", k->variable[number]);
    }
}

static void put_operation(kernel_t *k, const ebb_operation_t *op)
{
    const uint32_t operands[] = {op->a, op->b, op->c};
    int arity = ebb_op_arity((ebb_op_t)op->op);
    ebb_text_printf(k->out, "        const double v%u = %s_of(", k->variables,
                    op_names[op->op]);
    for (int i = 0; i < 3; i++) {
        ebb_text_puts(k->out, i ? ", " : "");
        if (i < arity) {
            put_register(k, operands[i]);
        } else {
            ebb_text_puts(k->out, "0");
        }
    }
    ebb_text_puts(k->out, ");\n");
    k->variable[op->out] = k->variables++;
}

static void put_section(kernel_t *k, size_t number)
{
    ebb_section_t section = k->run->program.sections[number];
    for (size_t c = section.first; c < section.first + section.count; c++) {
        put_operation(k, &k->run->program.code[c]);
    }
}

static void put_root(const kernel_t *k, size_t section, size_t root)
{
    put_register(k, ebb_program_roots(&k->run->program, section)[root]);
}

/* --- frames ----------------------------------------------------------------------- */

static void put_head(kernel_t *k, const char *part)
{
    ebb_text_printf(k->out,
                    "static int %s_%s_%s(const ebb_native_rows_t *r)\n{\n"
                    "    EBB_KERNEL_ROWS(r);\n"
                    "    EBB_LANE_LOOP\n    for (size_t i = 0; i < w; i++) {\n",
                    k->model, use_words[ebb_native_use(k->run)], part);
    for (size_t i = 0; i < k->run->program.register_count; i++) {
        k->variable[i] = EBB_NONE;
    }
    k->variables = 0;
}

static void put_foot(const kernel_t *k)
{
    ebb_text_puts(k->out, "    }\n    return (int)(used >> 63);\n}\n\n");
}

/* Noise of a state as the number of its noise, or EBB_NONE. */
static uint32_t noise_of(const ebb_simulation_t *run, size_t state)
{
    for (uint32_t k = 0; k < run->noises; k++) {
        if (run->noise_state[k] == state) {
            return k;
        }
    }
    return EBB_NONE;
}

/* Whether a chance has come to its end, of the rows as they are now. */
static void put_used(const kernel_t *k)
{
    for (size_t r = k->run->states; r < k->run->rows; r++) {
        ebb_text_printf(k->out, "        used |= ebb_used_up(rows[%zu * w + i]);\n", r);
    }
}

/* --- kernels ---------------------------------------------------------------------- */

/* What the section needs of what is fixed. */
static size_t mark_fixed(kernel_t *k, const uint8_t *needed)
{
    const ebb_program_t *program = &k->run->program;
    uint32_t rows = 0;
    for (size_t c = program->fixed.first; c < program->fixed.count; c++) {
        uint32_t out = program->code[c].out;
        k->fixed_row[out] = needed[out] == 2 ? rows++ : EBB_NONE;
    }
    return rows;
}

/* 1: needed on the way, 2: needed by the section itself. */
static void mark_needed(const kernel_t *k, uint8_t *needed)
{
    const ebb_program_t *program = &k->run->program;
    size_t number = ebb_native_section(k->run);
    ebb_section_t section = program->sections[number];
    memset(needed, 0, program->register_count);
    for (size_t c = section.first; c < section.first + section.count; c++) {
        const ebb_operation_t *op = &program->code[c];
        needed[op->a] = needed[op->b] = needed[op->c] = 2;
    }
    for (size_t r = 0; r < section.root_count; r++) {
        needed[ebb_program_roots(program, number)[r]] = 2;
    }
    for (size_t c = program->fixed.first + program->fixed.count; c-- > 0;) {
        const ebb_operation_t *op = &program->code[c];
        const uint32_t operands[] = {op->a, op->b, op->c};
        for (int i = 0; needed[op->out] && i < ebb_op_arity((ebb_op_t)op->op); i++) {
            needed[operands[i]] = needed[operands[i]] ? needed[operands[i]] : 1;
        }
    }
}

static void put_fixed(kernel_t *k, const uint8_t *needed)
{
    const ebb_program_t *program = &k->run->program;
    put_head(k, "fixed");
    for (size_t c = program->fixed.first; c < program->fixed.count; c++) {
        const ebb_operation_t *op = &program->code[c];
        if (!needed[op->out]) {
            continue;
        }
        put_operation(k, op);
        if (k->fixed_row[op->out] != EBB_NONE) {
            ebb_text_printf(k->out, "        fixed[%u * w + i] = v%u;\n",
                            k->fixed_row[op->out], k->variable[op->out]);
        }
    }
    put_foot(k);
}

static void put_rates(kernel_t *k)
{
    put_head(k, "step");
    put_section(k, EBB_DO_RATES);
    for (size_t i = 0; i < k->run->rows; i++) {
        ebb_text_printf(k->out, "        rate[%zu * w + i] = ", i);
        put_root(k, EBB_DO_RATES, i);
        ebb_text_puts(k->out, ";\n");
    }
    put_foot(k);
}

/* What each noise adds, as p0, p1, ... */
static void put_pushes(const kernel_t *k)
{
    const ebb_simulation_t *run = k->run;
    bool map = run->method == EBB_METHOD_MAP, heun = run->method == EBB_METHOD_HEUN;
    for (size_t n = 0; n < run->noises; n++) {
        ebb_text_printf(k->out, "        const double w%zu = %snormal[%zu * w + i];\n",
                        n, map ? "" : "root * ", n);
        ebb_text_printf(k->out, "        const double %s%zu = ", heun ? "b" : "p", n);
        put_root(k, EBB_DO_FLOW, run->rows + n);
        ebb_text_printf(k->out, " * w%zu;\n", n);
        if (heun) {
            ebb_text_printf(k->out, "        const double p%zu = b%zu + ", n, n);
            put_root(k, EBB_DO_FLOW, run->rows + run->noises + n);
            ebb_text_printf(k->out, " * (w%zu * w%zu - h);\n", n, n);
            ebb_text_printf(k->out, "        push[%zu * w + i] = p%zu;\n", n, n);
        }
    }
}

/* The rows after a step, or where the second half of Heun's is taken. */
static void put_after(const kernel_t *k, size_t row)
{
    const ebb_simulation_t *run = k->run;
    uint32_t noise = row < run->states ? noise_of(run, row) : EBB_NONE;
    bool leap = run->method == EBB_METHOD_MAP && row < run->states;
    if (!leap) {
        ebb_text_printf(k->out, "rows[%zu * w + i] + %s", row,
                        run->method == EBB_METHOD_MAP ? "" : "h * ");
    }
    put_root(k, EBB_DO_FLOW, row);
    if (noise != EBB_NONE) {
        ebb_text_printf(k->out, " + p%u", noise);
    }
}

static void put_bounded(const kernel_t *k, size_t row)
{
    const ebb_state_t *state = &k->run->system->states[row];
    bool bounded = row < k->run->states && state->bound != EBB_BOUND_NONE;
    if (bounded) {
        ebb_text_puts(k->out, state->bound == EBB_BOUND_CLIP ? "ebb_clipped("
                                                             : "ebb_reflected(");
    }
    put_after(k, row);
    if (bounded) {
        ebb_text_puts(k->out, ", ");
        put_number(k->out, state->low);
        ebb_text_puts(k->out, ", ");
        put_number(k->out, state->high);
        ebb_text_puts(k->out, ")");
    }
}

static void put_rate_rows(const kernel_t *k, size_t first)
{
    for (size_t row = first; row < k->run->rows; row++) {
        ebb_text_printf(k->out, "        rate[%zu * w + i] = ", row);
        put_root(k, EBB_DO_FLOW, row);
        ebb_text_puts(k->out, ";\n");
    }
}

/* A whole step in place: all new values are known before the first is written. */
static void put_step(kernel_t *k)
{
    put_head(k, "step");
    put_section(k, EBB_DO_FLOW);
    put_pushes(k);
    for (size_t row = 0; row < k->run->rows; row++) {
        ebb_text_printf(k->out, "        const double x%zu = ", row);
        put_after(k, row);
        ebb_text_puts(k->out, ";\n");
    }
    put_rate_rows(k, k->run->states);
    for (size_t row = 0; row < k->run->rows; row++) {
        ebb_text_printf(k->out, "        rows[%zu * w + i] = x%zu;\n", row, row);
    }
    put_used(k);
    put_foot(k);
}

static void put_heun_first(kernel_t *k)
{
    put_head(k, "step");
    put_section(k, EBB_DO_FLOW);
    put_pushes(k);
    put_rate_rows(k, 0);
    for (size_t row = 0; row < k->run->rows; row++) {
        ebb_text_printf(k->out, "        next[%zu * w + i] = ", row);
        put_bounded(k, row);
        ebb_text_puts(k->out, ";\n");
    }
    put_foot(k);
}

static void put_heun_second(kernel_t *k)
{
    k->states = "next";
    put_head(k, "arrive");
    put_section(k, EBB_DO_RATES);
    for (size_t row = 0; row < k->run->rows; row++) {
        uint32_t noise = row < k->run->states ? noise_of(k->run, row) : EBB_NONE;
        ebb_text_printf(k->out,
                        "        rows[%zu * w + i] = rows[%zu * w + i] + "
                        "0.5 * h * (rate[%zu * w + i] + ",
                        row, row, row);
        put_root(k, EBB_DO_RATES, row);
        ebb_text_puts(k->out, ")");
        if (noise != EBB_NONE) {
            ebb_text_printf(k->out, " + push[%u * w + i]", noise);
        }
        ebb_text_puts(k->out, ";\n");
    }
    put_used(k);
    put_foot(k);
    k->states = "rows";
}

/* --- models ----------------------------------------------------------------------- */

static int put_kernels(kernel_t *k, emit_t *emit, uint8_t *needed)
{
    uint64_t digest = 0;
    ebb_native_use_t use = ebb_native_use(k->run);
    int code = ebb_native_digest(k->run, &digest);
    mark_needed(k, needed);
    size_t fixed = mark_fixed(k, needed);
    put_fixed(k, needed);
    if (use == EBB_NATIVE_RATES) {
        put_rates(k);
    } else if (use == EBB_NATIVE_HEUN) {
        put_heun_first(k);
        put_heun_second(k);
    } else {
        put_step(k);
    }
    const char *name = k->model, *word = use_words[use];
    ebb_text_printf(&emit->table,
                    "    {0x%016llx, \"%s\", %zu, %s_%s_fixed, %s_%s_step, ",
                    (unsigned long long)digest, name, fixed, name, word, name, word);
    if (use == EBB_NATIVE_HEUN) {
        ebb_text_printf(&emit->table, "%s_heun_arrive},\n", name);
    } else {
        ebb_text_puts(&emit->table, "NULL},\n");
    }
    return code;
}

/* The kernels for one method, if it is one for this model. */
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
    size_t registers = run->program.register_count + 1;
    kernel_t k = {.run = run,
                  .out = &emit->code,
                  .model = run->system->name,
                  .states = "rows",
                  .variable = malloc(registers * sizeof *k.variable),
                  .fixed_row = malloc(registers * sizeof *k.fixed_row)};
    uint8_t *needed = malloc(registers);
    code = EBB_ERR_MEMORY;
    if (k.variable && k.fixed_row && needed) {
        memset(k.fixed_row, 0xff, registers * sizeof *k.fixed_row);
        code = put_kernels(&k, emit, needed);
    }
    free(k.variable);
    free(k.fixed_row);
    free(needed);
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
    ebb_text_puts(&emit->code,
                  "static void native_normals(double *out, const uint32_t *slots, "
                  "size_t count,\n"
                  "                           uint64_t seed, uint64_t couple, "
                  "uint64_t step, size_t width)\n{\n"
                  "    ebb_chance_rows(out, slots, count, seed, couple, step, width);\n"
                  "}\n\nstatic const ebb_native_t native_models[] = {\n");
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
