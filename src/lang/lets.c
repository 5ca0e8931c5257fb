/* SPDX-License-Identifier: MIT
 * Lets: their order, whose they are, and their values.
 *
 * Let y depends on let x when y's formula names x. Those on which nothing waits any
 * more are built first (Kahn 1962); what never becomes free depends on itself in a
 * circle.
 */
#include "lang/build.h"

/* x, which let y waits for; a list for each x */
typedef struct ebb_let_edge {
    uint32_t waiting; /* declaration y */
    uint32_t next;    /* edge, or EBB_NONE */
} ebb_let_edge_t;

typedef struct ebb_let_order {
    ebb_list_t edges; /* ebb_let_edge_t */
    uint32_t *first;  /* edge of each declaration, or EBB_NONE */
    uint32_t *waits;  /* how many each declaration still waits for */
    uint32_t *queue;  /* declarations in order */
    size_t queued;
} ebb_let_order_t;

static bool let_is_name(const ebb_instruction_t *at)
{
    return at->kind == EBB_CODE_NAME || at->kind == EBB_CODE_DELAY;
}

/* Whether a name in a formula may mean a declaration of that name. */
static bool let_may_mean(const ebb_instruction_t *at, const ebb_declaration_t *user,
                         const ebb_declaration_t *d)
{
    uint32_t person = at->person == EBB_NONE ? user->target.person : at->person;
    return d->target.person == EBB_NONE || person == EBB_NONE ||
           person == EBB_WORD_PARTNER || person == d->target.person;
}

static void let_wait(ebb_build_t *build, ebb_let_order_t *order, uint32_t user,
                     const ebb_instruction_t *at)
{
    uint32_t d = at->name < build->name_count ? build->first_of[at->name] : EBB_NONE;
    for (; d != EBB_NONE; d = build->declarations[d].next) {
        if (build->declarations[d].kind != EBB_DECLARED_LET ||
            !let_may_mean(at, &build->declarations[user], &build->declarations[d])) {
            continue;
        }
        ebb_let_edge_t *edge =
            ebb_reading_push(build->reading, &order->edges, sizeof *edge);
        if (edge) {
            *edge = (ebb_let_edge_t){user, order->first[d]};
            order->first[d] = (uint32_t)order->edges.count - 1;
            order->waits[user]++;
        }
    }
}

static void let_edges(ebb_build_t *build, ebb_let_order_t *order)
{
    const ebb_instruction_t *code = build->code.items;
    for (uint32_t i = 0; i < build->declaration_count; i++) {
        order->first[i] = EBB_NONE;
    }
    for (uint32_t i = 0; i < build->declaration_count; i++) {
        const ebb_declaration_t *d = &build->declarations[i];
        for (uint32_t k = d->value.begin;
             k < d->value.end && d->kind == EBB_DECLARED_LET; k++) {
            if (let_is_name(&code[k])) {
                let_wait(build, order, i, &code[k]);
            }
        }
    }
}

static void let_sort(ebb_build_t *build, ebb_let_order_t *order)
{
    for (uint32_t i = 0; i < build->declaration_count; i++) {
        if (build->declarations[i].kind == EBB_DECLARED_LET && order->waits[i] == 0) {
            order->queue[order->queued++] = i;
        }
    }
    const ebb_let_edge_t *edges = order->edges.items;
    for (size_t done = 0; done < order->queued; done++) {
        uint32_t edge = order->first[order->queue[done]];
        for (; edge != EBB_NONE; edge = edges[edge].next) {
            if (--order->waits[edges[edge].waiting] == 0) {
                order->queue[order->queued++] = edges[edge].waiting;
            }
        }
    }
}

/* Names the first let that is left, and one it waits for. */
static void let_report_circle(ebb_build_t *build, const ebb_let_order_t *order)
{
    const ebb_let_edge_t *edges = order->edges.items;
    for (uint32_t i = 0; i < build->declaration_count; i++) {
        if (!order->waits[i]) {
            continue;
        }
        for (uint32_t k = 0; k < build->declaration_count; k++) {
            uint32_t edge = order->waits[k] ? order->first[k] : EBB_NONE;
            while (edge != EBB_NONE && edges[edge].waiting != i) {
                edge = edges[edge].next;
            }
            if (edge != EBB_NONE) {
                const char *other =
                    ebb_name(build->reading, build->declarations[k].target.name);
                const char *name =
                    ebb_name(build->reading, build->declarations[i].target.name);
                ebb_wrong(build->reading, build->declarations[i].target.where,
                          "`%s` depends on itself%s%s%s", name,
                          k == i ? "" : ", by way of `", k == i ? "" : other,
                          k == i ? "" : "`");
                ebb_mend(build->reading, "what has a memory is a state");
                return;
            }
        }
    }
}

/* Whether a formula speaks of a person without saying whose. */
static bool let_is_personal(const ebb_build_t *build, const ebb_declaration_t *let)
{
    const ebb_instruction_t *code = build->code.items;
    for (uint32_t i = let->value.begin; i < let->value.end; i++) {
        if (code[i].kind == EBB_CODE_PEOPLE) {
            i = code[i].count;
            continue;
        }
        if (!let_is_name(&code[i]) || code[i].name >= build->name_count) {
            continue;
        }
        if (code[i].person == EBB_WORD_PARTNER) {
            return true;
        }
        uint32_t d = build->first_of[code[i].name];
        if (code[i].person == EBB_NONE && d != EBB_NONE &&
            !build->declarations[d].shared) {
            return true;
        }
    }
    return false;
}

static void let_evaluate(ebb_build_t *build, ebb_declaration_t *d)
{
    size_t width = d->shared || d->target.person != EBB_NONE ? 1 : build->person_count;
    for (uint32_t p = 0; p < width; p++) {
        ebb_scope_t scope = {.person = d->shared ? EBB_NONE : p};
        if (d->target.person != EBB_NONE) {
            scope.person = ebb_person_of(build, d->target.person);
        }
        ebb_value_t term;
        if (ebb_evaluate(build, d->value, scope, &term) &&
            d->unit.known == EBB_UNIT_KNOWN) {
            const char *what = ebb_reading_print(
                build->reading, "`%s`", ebb_name(build->reading, d->target.name));
            ebb_check_unit(build, d->target.where, &d->unit, &term.unit, what);
            term.unit = d->unit;
        }
        build->lets[d->first_slot + p] = term;
    }
}

/* The outputs, in order of declaration. */
static void let_outputs(ebb_build_t *build)
{
    ebb_system_t *system = build->system;
    system->lets =
        ebb_reading_new(build->reading, system->let_count, sizeof *system->lets);
    for (uint32_t i = 0; i < build->declaration_count && !build->reading->failed; i++) {
        const ebb_declaration_t *d = &build->declarations[i];
        if (d->kind != EBB_DECLARED_LET) {
            continue;
        }
        size_t width =
            d->shared || d->target.person != EBB_NONE ? 1 : build->person_count;
        for (uint32_t p = 0; p < width; p++) {
            uint32_t slot = d->first_slot + p;
            uint32_t person = d->target.person != EBB_NONE
                                  ? ebb_person_of(build, d->target.person)
                              : d->shared ? EBB_NONE
                                          : p;
            system->lets[slot] =
                (ebb_let_t){ebb_scalar_name(build, d->target.name, person),
                            i,
                            person,
                            ebb_mirror_of(build, slot, person),
                            build->lets[slot].node,
                            build->lets[slot].condition};
        }
    }
}

/* Room for the values: each let gets as many places as it has persons, in order of
 * declaration. */
static void let_places(ebb_build_t *build, const ebb_let_order_t *order)
{
    for (size_t i = 0; i < order->queued; i++) { /* in order: a let sees those before */
        ebb_declaration_t *d = &build->declarations[order->queue[i]];
        d->shared = d->target.person == EBB_NONE && !let_is_personal(build, d);
    }
    size_t count = 0;
    for (size_t i = 0; i < build->declaration_count; i++) {
        ebb_declaration_t *d = &build->declarations[i];
        if (d->kind == EBB_DECLARED_LET) {
            d->first_slot = (uint32_t)count;
            count +=
                d->shared || d->target.person != EBB_NONE ? 1 : build->person_count;
        }
    }
    build->system->let_count = count;
    build->lets = ebb_reading_new(build->reading, count, sizeof *build->lets);
    for (size_t i = 0; build->lets && i < count; i++) {
        build->lets[i].broken = true;
    }
}

/* The body of each function is tried once with arguments that could be anything, so
 * that an error in one that is not called shows too. */
static void let_try_functions(ebb_build_t *build)
{
    for (size_t i = 0; i < build->declaration_count; i++) {
        ebb_declaration_t *d = &build->declarations[i];
        if (d->kind != EBB_DECLARED_FUNCTION) {
            continue;
        }
        ebb_graph_t scratch, *kept = build->graph;
        ebb_graph_init(&scratch, build->reading->alloc, EBB_LANG_NODES_MOST);
        build->graph = &scratch;
        ebb_scope_t scope = {.person = EBB_NONE, .function = d};
        ebb_value_t value, any = {.node = ebb_graph_leaf(&scratch, EBB_OP_TIME, 0)};
        scope.arguments = (uint32_t)build->stack.count;
        for (uint32_t k = 0; k < d->argument_count; k++) {
            ebb_value_t *place =
                ebb_reading_push(build->reading, &build->stack, sizeof *place);
            if (place) {
                *place = any;
            }
        }
        (void)ebb_evaluate(build, d->value, scope, &value);
        build->stack.count = scope.arguments;
        if (scratch.failed) {
            ebb_reading_fail(build->reading, scratch.failed);
        }
        build->graph = kept;
        ebb_graph_free(&scratch);
    }
}

void ebb_build_lets(ebb_build_t *build)
{
    size_t count = build->declaration_count;
    ebb_let_order_t order = {0};
    order.first = ebb_reading_new(build->reading, count, sizeof *order.first);
    order.waits = ebb_reading_new(build->reading, count, sizeof *order.waits);
    order.queue = ebb_reading_new(build->reading, count, sizeof *order.queue);
    if (!build->reading->failed) {
        let_edges(build, &order);
        let_sort(build, &order);
        let_report_circle(build, &order);
        let_places(build, &order);
    }
    if (!build->reading->failed) {
        let_try_functions(build);
    }
    for (size_t i = 0; i < order.queued && !build->reading->failed; i++) {
        let_evaluate(build, &build->declarations[order.queue[i]]);
    }
    if (!build->reading->failed) {
        let_outputs(build);
    }
    ebb_list_free(&order.edges, build->reading->alloc, sizeof(ebb_let_edge_t));
}
