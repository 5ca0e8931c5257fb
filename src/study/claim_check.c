/* SPDX-License-Identifier: MIT
 *
 * Checks of claims: every arm runs the same couples with the same seed, so couple n has
 * the same chance in all of them; what is compared is compared couple by couple, and
 * only then summed up.
 */
#include "ebb/claim.h"

#include <math.h>

#include "core/fail.h"
#include "core/memory.h"
#include "lang/claim.h"
#include "math/bits.h"
#include "run/machine.h"
#include "study/interval.h"

#define CHECK_STRETCH 32u /* couples of a task */
#define CHECK_LANES EBB_LANE_GROUP

/* One arm's run and what it gave. */
typedef struct ebb_check_arm {
    ebb_simulation_t *run;
    size_t summary_count;
    double *summaries; /* a block for each couple */
} ebb_check_arm_t;

typedef struct ebb_check {
    const ebb_claim_t *claim;
    const ebb_claim_settings_t *settings;
    const ebb_alloc_t *alloc;
    ebb_check_arm_t *arms;
    size_t arm_count, expect_count;
    size_t couples, stretches; /* of each arm */
    bool chance;
    int *codes;          /* of the tasks */
    double *sides[2];    /* left and right of each expectation: a row of all couples */
    double *differences; /* scratch for one expectation */
} ebb_check_t;

static int check_fail_memory(ebb_error_t *error)
{
    return ebb_fail(error, EBB_ERR_MEMORY, "not enough memory to check a claim");
}

/* --- arms ------------------------------------------------------------------------- */

/* When the last summary of an arm has been seen; nothing is asked of it after that. */
static double check_length(const ebb_scenario_t *arm)
{
    const ebb_scenario_plan_t *plan = ebb_scenario_plan(arm);
    double last = 0;
    for (size_t k = 0; k < plan->summary_count; k++) {
        last = plan->summaries[k].end > last ? plan->summaries[k].end : last;
    }
    return last; /* 0: as long as the arm says */
}

static int check_open_arm(ebb_check_t *check, size_t k, ebb_error_t *error)
{
    const ebb_claim_plan_t *plan = &check->claim->plan;
    bool cut = check->settings->cut;
    ebb_run_settings_t settings = {.length = check_length(check->claim->arms[k]),
                                   .seed = check->settings->seed,
                                   .params = cut ? plan->params : NULL,
                                   .traits = cut ? plan->traits : NULL,
                                   .inputs = cut ? plan->inputs : NULL,
                                   .starts = cut ? plan->starts : NULL,
                                   .alloc = check->settings->alloc};
    ebb_check_arm_t *arm = &check->arms[k];
    int code = ebb_run_new(&arm->run, check->claim->model, check->claim->arms[k],
                           &settings, error);
    if (!code) {
        ebb_run_info_t info = ebb_run_info(arm->run);
        arm->summary_count = info.summary_count;
        check->chance = check->chance || info.chance;
    }
    return code;
}

/* How many couples, now that it is known whether there is any chance. */
static int check_count(ebb_check_t *check, ebb_error_t *error)
{
    uint64_t wanted = check->settings->couples     ? check->settings->couples
                      : check->claim->plan.couples ? check->claim->plan.couples
                                                   : EBB_CLAIM_COUPLES;
    if (wanted > EBB_LANG_COUPLES_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "%llu couples; there may be %u",
                        (unsigned long long)wanted, EBB_LANG_COUPLES_MOST);
    }
    check->couples = check->chance ? (size_t)wanted : 1;
    check->stretches = (check->couples + CHECK_STRETCH - 1) / CHECK_STRETCH;
    return EBB_OK;
}

static int check_open(ebb_check_t *check, ebb_error_t *error)
{
    const ebb_claim_plan_t *plan = &check->claim->plan;
    int code = EBB_OK;
    if (check->settings->cut && plan->cuts == 0) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "claim `%s` says nothing to cut",
                        ebb_scenario_plan(check->claim->whole)->name);
    }
    check->arm_count = plan->arm_count;
    check->expect_count = plan->expects.count;
    check->arms = ebb_new_array(check->alloc, check->arm_count, sizeof *check->arms);
    for (size_t k = 0; k < check->arm_count && check->arms && !code; k++) {
        code = check_open_arm(check, k, error);
    }
    code = code ? code : check->arms ? check_count(check, error) : EBB_ERR_MEMORY;
    if (code) {
        return code == EBB_ERR_MEMORY ? check_fail_memory(error) : code;
    }
    size_t n = check->couples;
    bool whole = true;
    for (size_t k = 0; k < check->arm_count; k++) {
        ebb_check_arm_t *arm = &check->arms[k];
        arm->summaries =
            ebb_new_array(check->alloc, n, (arm->summary_count + 1) * sizeof(double));
        whole = whole && arm->summaries;
    }
    check->codes =
        ebb_new_array(check->alloc, check->arm_count * check->stretches, sizeof(int));
    for (int side = 0; side < 2; side++) {
        check->sides[side] =
            ebb_new_array(check->alloc, n, check->expect_count * sizeof(double));
    }
    check->differences = ebb_new_array(check->alloc, n, sizeof(double));
    whole = whole && check->codes && check->sides[0] && check->sides[1] &&
            check->differences;
    return whole ? EBB_OK : check_fail_memory(error);
}

static void check_close(ebb_check_t *check)
{
    const ebb_alloc_t *alloc = check->alloc;
    size_t n = check->couples;
    for (size_t k = 0; check->arms && k < check->arm_count; k++) {
        ebb_check_arm_t *arm = &check->arms[k];
        ebb_run_free(arm->run);
        ebb_free_array(alloc, arm->summaries, n,
                       (arm->summary_count + 1) * sizeof(double));
    }
    ebb_free_array(alloc, check->arms, check->arm_count, sizeof *check->arms);
    ebb_free_array(alloc, check->codes, check->arm_count * check->stretches,
                   sizeof(int));
    for (int side = 0; side < 2; side++) {
        ebb_free_array(alloc, check->sides[side], n,
                       check->expect_count * sizeof(double));
    }
    ebb_free_array(alloc, check->differences, n, sizeof(double));
}

/* --- running ---------------------------------------------------------------------- */

/* Task: a stretch of couples of one arm. */
static void check_task(void *user, size_t index)
{
    ebb_check_t *check = user;
    const ebb_check_arm_t *arm = &check->arms[index / check->stretches];
    size_t begin = index % check->stretches * CHECK_STRETCH;
    size_t end = begin + CHECK_STRETCH;
    end = end < check->couples ? end : check->couples;
    ebb_run_job_t job = {.begin = begin,
                         .end = end,
                         .summaries = arm->summaries + begin * arm->summary_count};
    check->codes[index] = ebb_run_range(arm->run, &job, NULL);
}

static int check_run(ebb_check_t *check, ebb_error_t *error)
{
    size_t tasks = check->arm_count * check->stretches;
    const ebb_executor_t *executor = check->settings->executor;
    if (executor) {
        executor->run(executor->user, tasks, check_task, check);
    }
    for (size_t i = 0; i < tasks; i++) {
        if (!executor) {
            check_task(check, i);
        }
        if (check->codes[i]) {
            return ebb_fail(error, check->codes[i], "%s",
                            ebb_strerror(check->codes[i]));
        }
    }
    return EBB_OK;
}

/* --- sides ------------------------------------------------------------------------ */

/* Where summary k of the whole is: place within its arm's block, and the arm. */
static size_t check_place(const ebb_check_t *check, size_t k, size_t *arm)
{
    const ebb_scenario_plan_t *plan = ebb_scenario_plan(check->claim->whole);
    size_t place = 0;
    for (size_t i = 0; i < k; i++) {
        place += plan->summaries[i].arm == plan->summaries[k].arm;
    }
    *arm = plan->summaries[k].arm ? plan->summaries[k].arm - 1 : 0;
    return place;
}

/* Summaries of the couples from `first` on into their registers. */
static void check_fill(const ebb_check_t *check, const ebb_program_t *program,
                       ebb_registers_t registers, size_t first)
{
    size_t count = ebb_scenario_plan(check->claim->whole)->summary_count;
    for (size_t k = 0; k < count; k++) {
        size_t arm = 0, place = check_place(check, k, &arm);
        const ebb_check_arm_t *from = &check->arms[arm];
        double *row = ebb_row(registers, program->leaf[EBB_LEAF_SUMMARY] + k);
        for (size_t i = 0; i < CHECK_LANES; i++) {
            size_t couple = first + i < check->couples ? first + i : first;
            row[i] = from->summaries[couple * from->summary_count + place];
        }
    }
}

static void check_take(ebb_check_t *check, const ebb_program_t *program,
                       ebb_registers_t registers, size_t first)
{
    const uint32_t *roots = ebb_program_roots(program, 0);
    size_t left = check->couples - first;
    size_t lanes = left < CHECK_LANES ? left : CHECK_LANES;
    for (size_t k = 0; k < check->expect_count; k++) {
        for (int side = 0; side < 2; side++) {
            const double *row = ebb_row(registers, roots[2 * k + (size_t)side]);
            double *out = check->sides[side] + k * check->couples + first;
            for (size_t i = 0; i < lanes; i++) {
                out[i] = row[i];
            }
        }
    }
}

static int check_evaluate(ebb_check_t *check, const ebb_program_t *program,
                          ebb_error_t *error)
{
    size_t rows = program->register_count;
    ebb_registers_t registers = {
        ebb_new_array(check->alloc, rows, CHECK_LANES * sizeof(double)), CHECK_LANES};
    if (!registers.numbers) {
        return check_fail_memory(error);
    }
    ebb_interpret_constants(program, registers);
    for (size_t first = 0; first < check->couples; first += CHECK_LANES) {
        check_fill(check, program, registers, first);
        ebb_interpret(program, &program->fixed, registers);
        ebb_interpret(program, &program->sections[0], registers);
        check_take(check, program, registers, first);
    }
    ebb_free_array(check->alloc, registers.numbers, rows, CHECK_LANES * sizeof(double));
    return EBB_OK;
}

static int check_sides(ebb_check_t *check, ebb_error_t *error)
{
    const ebb_scenario_plan_t *plan = ebb_scenario_plan(check->claim->whole);
    const ebb_claim_expect_t *expects = check->claim->plan.expects.items;
    size_t count = 2 * check->expect_count;
    uint32_t *nodes = ebb_new_array(check->alloc, count, sizeof *nodes);
    if (!nodes) {
        return check_fail_memory(error);
    }
    for (size_t k = 0; k < check->expect_count; k++) {
        nodes[2 * k] = expects[k].left;
        nodes[2 * k + 1] = expects[k].right;
    }
    ebb_program_t program = {0};
    const ebb_wanted_t wanted = {nodes, count};
    const ebb_program_source_t source = {
        .graph = &plan->graph,
        .leaves = {[EBB_LEAF_SUMMARY] = plan->summary_count},
        .wanted = &wanted,
        .section_count = 1};
    int code = ebb_program_build(&program, &source, check->alloc, error);
    code = code ? code : check_evaluate(check, &program, error);
    ebb_program_free(&program);
    ebb_free_array(check->alloc, nodes, count, sizeof *nodes);
    return code;
}

/* --- findings --------------------------------------------------------------------- */

/* Differences that are no more than rounding, or than the steps' tolerance. */
static double check_difference(double left, double right)
{
    double size = 1e-9 * (ebb_magnitude(left) + ebb_magnitude(right)) + 1e-12;
    return ebb_magnitude(left - right) <= size ? 0 : left - right;
}

/* Means over the couples that have both numbers; their differences to `differences`. */
static void check_means(ebb_check_t *check, size_t k, ebb_claim_finding_t *found)
{
    const double *left = check->sides[0] + k * check->couples;
    const double *right = check->sides[1] + k * check->couples;
    double sums[3] = {0};
    size_t n = 0;
    for (size_t i = 0; i < check->couples; i++) {
        if (ebb_magnitude(left[i]) < EBB_INFINITY &&
            ebb_magnitude(right[i]) < EBB_INFINITY) {
            check->differences[n] = check_difference(left[i], right[i]);
            sums[0] += left[i];
            sums[1] += right[i];
            sums[2] += check->differences[n++];
        }
    }
    found->couples = n;
    found->missing = check->couples - n;
    found->left = n ? sums[0] / (double)n : EBB_NAN;
    found->right = n ? sums[1] / (double)n : EBB_NAN;
    found->difference = n ? sums[2] / (double)n : EBB_NAN;
}

static ebb_span_t check_interval(const ebb_check_t *check,
                                 const ebb_claim_finding_t *found)
{
    size_t n = (size_t)found->couples;
    ebb_span_t span = {found->difference, found->difference};
    if (n == 0 || found->interval == EBB_INTERVAL_EXACT) {
        return span;
    }
    if (found->interval == EBB_INTERVAL_STUDENT) {
        return ebb_interval_student(check->differences, n);
    }
    if (found->interval == EBB_INTERVAL_PAIRED) {
        return ebb_interval_paired(check->differences, n);
    }
    span = ebb_interval_wilson((size_t)(found->left * (double)n + 0.5), n);
    return (ebb_span_t){span.low - found->right, span.high - found->right};
}

static void check_find(ebb_check_t *check, size_t k, ebb_claim_finding_t *found)
{
    const ebb_claim_expect_t *expect =
        (const ebb_claim_expect_t *)check->claim->plan.expects.items + k;
    *found = (ebb_claim_finding_t){.text = expect->text,
                                   .code = expect->code,
                                   .line = expect->line,
                                   .relation = expect->relation,
                                   .share = expect->share};
    check_means(check, k, found);
    /* "in 1 of runs" is each of them, which is seen and not estimated */
    bool seen = !check->chance || (expect->share && found->right == 1);
    found->interval = seen ? EBB_INTERVAL_EXACT : expect->interval;
    ebb_span_t span = check_interval(check, found);
    found->low = span.low;
    found->high = span.high;
    found->holds =
        found->couples > 0 && found->couples >= found->missing &&
        ebb_interval_holds(found->relation, (ebb_span_t){found->low, found->high});
}

int ebb_claim_check(const ebb_claim_t *claim, const ebb_claim_settings_t *settings,
                    ebb_claim_finding_t *findings, size_t room, ebb_error_t *error)
{
    const ebb_claim_settings_t plain = {0};
    ebb_check_t check = {.claim = claim, .settings = settings ? settings : &plain};
    check.alloc = check.settings->alloc ? check.settings->alloc : ebb_alloc_default();
    if (room < claim->plan.expects.count) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "room for %zu findings, and %zu come",
                        room, claim->plan.expects.count);
    }
    int code = check_open(&check, error);
    code = code ? code : check_run(&check, error);
    code = code ? code : check_sides(&check, error);
    for (size_t k = 0; k < check.expect_count && !code; k++) {
        check_find(&check, k, &findings[k]);
    }
    check_close(&check);
    return code;
}

const char *ebb_interval_word(ebb_interval_t interval)
{
    static const char *const words[] = {
#define CHECK_WORD(name, word) word,
        EBB_INTERVAL_LIST(CHECK_WORD)
#undef CHECK_WORD
    };
    size_t index = (size_t)interval;
    return index < sizeof words / sizeof *words ? words[index] : "";
}
