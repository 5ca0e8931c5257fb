/* SPDX-License-Identifier: MIT
 * Systems and scenarios as lines of text. Leaves and constants are written where they
 * are used; every other node once, numbered in order. */
#include <stdio.h>
#include <stdlib.h>

#include "lang/model.h"
#include "math/bits.h"

/* What is being written, and the numbers of its nodes: 0 for those not needed. */
typedef struct ebb_dump {
    const ebb_system_t *system;
    const ebb_graph_t *graph;
    ebb_text_t *out;
    const ebb_alloc_t *alloc;
    uint32_t *numbers;
    uint8_t *needed;
    ebb_list_t roots; /* uint32_t */
} ebb_dump_t;

static void dump_number(ebb_text_t *out, double value)
{
    char buffer[32];
    (void)snprintf(buffer, sizeof buffer, "%.15g", value);
    if (strtod(buffer, NULL) != value) {
        (void)snprintf(buffer, sizeof buffer, "%.17g", value);
    }
    ebb_text_puts(out, buffer);
}

static void dump_node(const ebb_dump_t *dump, uint32_t node)
{
    static const char *const draws[] = {"uniform", "normal", "exponential"};
    const ebb_system_t *system = dump->system;
    const ebb_node_t *n = &dump->graph->nodes[node];
    uint32_t i = n->args[0];
    switch ((int)n->op) {
    case EBB_OP_CONST:
        dump_number(dump->out, n->value);
        break;
    case EBB_OP_STATE:
        ebb_text_puts(dump->out, system->states[i].name);
        break;
    case EBB_OP_PARAM:
        ebb_text_puts(dump->out, system->params[i].name);
        break;
    case EBB_OP_TRAIT:
        ebb_text_puts(dump->out, system->traits[i].name);
        break;
    case EBB_OP_INPUT:
        ebb_text_puts(dump->out, system->inputs[i].name);
        break;
    case EBB_OP_TIME:
        ebb_text_puts(dump->out, "time");
        break;
    case EBB_OP_DELAYED:
        ebb_text_printf(dump->out, "delayed(%u)", (unsigned)i);
        break;
    case EBB_OP_DRAW:
        ebb_text_printf(dump->out, "%s(%u)", draws[system->draws[i]], (unsigned)i);
        break;
    case EBB_OP_SUMMARY:
        ebb_text_printf(dump->out, "summary(%u)", (unsigned)i);
        break;
    default:
        ebb_text_printf(dump->out, "n%u", (unsigned)dump->numbers[node]);
        break;
    }
}

static void dump_nodes(const ebb_dump_t *dump)
{
    uint32_t count = 0;
    for (size_t i = 0; i < dump->graph->count; i++) {
        const ebb_node_t *node = &dump->graph->nodes[i];
        int arity = ebb_op_arity((ebb_op_t)node->op);
        if (!dump->needed[i] || arity == 0) {
            continue;
        }
        dump->numbers[i] = ++count;
        ebb_text_printf(dump->out, "n%u = %s", (unsigned)count,
                        ebb_op_word((ebb_op_t)node->op));
        for (int k = 0; k < arity; k++) {
            ebb_text_puts(dump->out, " ");
            dump_node(dump, node->args[k]);
        }
        ebb_text_puts(dump->out, "\n");
    }
}

static void dump_root(ebb_dump_t *dump, uint32_t node)
{
    uint32_t *root = ebb_list_push(&dump->roots, dump->alloc, sizeof *root);
    if (root) {
        *root = node;
    } else {
        dump->out->failed = EBB_ERR_MEMORY;
    }
}

static void dump_collect(ebb_dump_t *dump)
{
    const ebb_system_t *system = dump->system;
    for (size_t i = 0; i < system->state_count; i++) {
        dump_root(dump, system->states[i].initial);
        dump_root(dump, system->states[i].rate);
        dump_root(dump, system->states[i].noise);
        dump_root(dump, system->states[i].history);
    }
    for (size_t i = 0; i < system->let_count; i++) {
        dump_root(dump, system->lets[i].node);
    }
    for (size_t i = 0; i < system->event_count; i++) {
        dump_root(dump, system->events[i].rate);
        dump_root(dump, system->events[i].guard);
    }
    for (size_t i = 0; i < system->action_count; i++) {
        dump_root(dump, system->actions[i].value);
    }
    for (size_t i = 0; i < system->delay_count; i++) {
        dump_root(dump, system->delays[i].lag);
    }
    dump_root(dump, system->lasts);
}

/* Begins: the nodes that the collected roots need are written. */
static void dump_begin(ebb_dump_t *dump)
{
    size_t count = dump->graph->count;
    dump->numbers = ebb_new_array(dump->alloc, count, sizeof *dump->numbers);
    dump->needed = ebb_new_array(dump->alloc, count, 1);
    if (!dump->numbers || !dump->needed) {
        dump->out->failed = EBB_ERR_MEMORY;
        return;
    }
    (void)ebb_graph_needed(dump->graph, dump->roots.items, dump->roots.count,
                           dump->needed);
    dump_nodes(dump);
}

static void dump_end(ebb_dump_t *dump)
{
    size_t count = dump->graph->count;
    ebb_free_array(dump->alloc, dump->numbers, count, sizeof *dump->numbers);
    ebb_free_array(dump->alloc, dump->needed, count, 1);
    ebb_list_free(&dump->roots, dump->alloc, sizeof(uint32_t));
}

static void dump_range(ebb_text_t *out, const char *word, double low, double high)
{
    if (low == -EBB_INFINITY && high == EBB_INFINITY) {
        return;
    }
    ebb_text_printf(out, " %s [", word);
    dump_number(out, low);
    ebb_text_puts(out, ", ");
    dump_number(out, high);
    ebb_text_puts(out, "]");
}

static void dump_words(const ebb_dump_t *dump, uint32_t quantity)
{
    const ebb_quantity_t *words = &dump->system->quantities[quantity];
    if (words->unit[0]) {
        ebb_text_printf(dump->out, " unit %s", words->unit);
    }
    if (words->text[0]) {
        ebb_text_printf(dump->out, " \"%s\"", words->text);
    }
    if (words->source[0]) {
        ebb_text_printf(dump->out, " source \"%s\"", words->source);
    }
    ebb_text_puts(dump->out, "\n");
}

static void dump_slots(const ebb_dump_t *dump, const char *word,
                       const ebb_slot_t *slots, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ebb_text_printf(dump->out, "%s %s = ", word, slots[i].name);
        dump_number(dump->out, slots[i].value);
        dump_range(dump->out, "in", slots[i].low, slots[i].high);
        dump_words(dump, slots[i].quantity);
    }
}

static void dump_line(const ebb_dump_t *dump, const char *word, uint32_t node)
{
    if (node != EBB_NONE) {
        ebb_text_printf(dump->out, "%s", word);
        dump_node(dump, node);
        ebb_text_puts(dump->out, "\n");
    }
}

static void dump_states(const ebb_dump_t *dump)
{
    static const char *const bounds[] = {"in", "clip", "reflect"};
    for (size_t i = 0; i < dump->system->state_count; i++) {
        const ebb_state_t *state = &dump->system->states[i];
        ebb_text_printf(dump->out, "state %s = ", state->name);
        dump_node(dump, state->initial);
        dump_range(dump->out, bounds[state->bound], state->low, state->high);
        dump_words(dump, state->quantity);
        dump_line(dump, dump->system->steps ? "    next = " : "    d = ", state->rate);
        dump_line(dump, "    noise = ", state->noise);
        dump_line(dump, "    history = ", state->history);
    }
}

static void dump_events(const ebb_dump_t *dump)
{
    const ebb_system_t *system = dump->system;
    for (size_t i = 0; i < system->event_count; i++) {
        const ebb_event_rule_t *event = &system->events[i];
        ebb_text_printf(dump->out, "event %s %s ", event->name,
                        event->rate != EBB_NONE ? "rate" : "guard");
        dump_node(dump, event->rate != EBB_NONE ? event->rate : event->guard);
        dump_words(dump, event->quantity);
        for (uint32_t k = 0; k < event->action_count; k++) {
            const ebb_action_t *action = &system->actions[event->first_action + k];
            ebb_text_printf(dump->out, "    %s = ", system->states[action->state].name);
            dump_node(dump, action->value);
            ebb_text_puts(dump->out, "\n");
        }
    }
}

static void dump_rest(const ebb_dump_t *dump)
{
    const ebb_system_t *system = dump->system;
    for (size_t i = 0; i < system->delay_count; i++) {
        ebb_text_printf(dump->out, "delayed(%zu) = %s before ", i,
                        system->states[system->delays[i].state].name);
        dump_node(dump, system->delays[i].lag);
        ebb_text_puts(dump->out, "\n");
    }
    for (size_t i = 0; i < system->let_count; i++) {
        const ebb_let_t *let = &system->lets[i];
        ebb_text_printf(dump->out, "let %s = ", let->name);
        dump_node(dump, let->node);
        dump_words(dump, let->quantity);
    }
    dump_line(dump, "lasts while ", system->lasts);
}

static void dump_head(const ebb_system_t *system, ebb_text_t *out)
{
    ebb_text_printf(out, "model %s \"%s\"\n", system->name, system->text);
    ebb_text_printf(out, "time %s, %s\npersons ", system->time_unit,
                    system->steps ? "in steps" : "continuous");
    for (size_t i = 0; i < system->person_count; i++) {
        ebb_text_printf(out, "%s%s", i ? ", " : "", system->persons[i]);
    }
    ebb_text_puts(out, system->alike ? ", alike\n" : "\n");
}

void ebb_dump_system(const ebb_system_t *system, const ebb_alloc_t *alloc,
                     ebb_text_t *out)
{
    ebb_dump_t dump = {
        .system = system, .graph = &system->graph, .out = out, .alloc = alloc};
    dump_head(system, out);
    dump_collect(&dump);
    dump_begin(&dump);
    if (!out->failed) {
        dump_slots(&dump, "param", system->params, system->param_count);
        dump_slots(&dump, "trait", system->traits, system->trait_count);
        dump_slots(&dump, "input", system->inputs, system->input_count);
        dump_states(&dump);
        dump_events(&dump);
        dump_rest(&dump);
    }
    dump_end(&dump);
}

static void dump_changed(const ebb_dump_t *dump, const ebb_slot_t *slots, size_t count,
                         const double *values)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i] != slots[i].value) {
            ebb_text_printf(dump->out, "set %s = ", slots[i].name);
            dump_number(dump->out, values[i]);
            ebb_text_puts(dump->out, "\n");
        }
    }
}

static void dump_spreads(const ebb_dump_t *dump, const ebb_scenario_plan_t *plan)
{
    const ebb_system_t *system = dump->system;
    for (size_t i = 0; i < plan->spread_count; i++) {
        const ebb_scenario_spread_t *spread = &plan->spreads[i];
        const char *name =
            spread->kind == EBB_SCALAR_STATE   ? system->states[spread->slot].name
            : spread->kind == EBB_SCALAR_PARAM ? system->params[spread->slot].name
                                               : system->traits[spread->slot].name;
        ebb_text_printf(dump->out, "draw %s = %s(", name,
                        spread->uniform ? "uniform" : "normal");
        dump_number(dump->out, spread->a);
        ebb_text_puts(dump->out, ", ");
        dump_number(dump->out, spread->b);
        ebb_text_puts(dump->out, ")\n");
    }
}

static void dump_courses(const ebb_dump_t *dump, const ebb_scenario_plan_t *plan)
{
    for (size_t i = 0; i < dump->system->input_count; i++) {
        for (uint32_t k = plan->piece_of[i]; k < plan->piece_of[i + 1]; k++) {
            const ebb_piece_t *piece = &plan->pieces[k];
            ebb_text_printf(dump->out, "%s from ", dump->system->inputs[i].name);
            dump_number(dump->out, piece->begin);
            ebb_text_puts(dump->out, ": ");
            dump_number(dump->out, piece->value);
            if (piece->slope != 0) {
                ebb_text_puts(dump->out, " slope ");
                dump_number(dump->out, piece->slope);
            }
            ebb_text_puts(dump->out, "\n");
        }
    }
    for (size_t i = 0; i < plan->jump_count; i++) {
        const ebb_jump_t *jump = &plan->jumps[i];
        ebb_text_puts(dump->out, "at ");
        dump_number(dump->out, jump->time);
        ebb_text_printf(dump->out, ": %s %s ", dump->system->states[jump->state].name,
                        jump->add ? "+=" : "=");
        dump_number(dump->out, jump->value);
        ebb_text_puts(dump->out, "\n");
    }
}

static void dump_expects(const ebb_dump_t *dump, const ebb_scenario_plan_t *plan)
{
    static const char *const kinds[] = {"mean",     "lowest", "highest",
                                        "value",    "first",  "halving",
                                        "episodes", "gaps",   "turns"};
    for (size_t i = 0; i < plan->summary_count; i++) {
        const ebb_summary_t *summary = &plan->summaries[i];
        ebb_text_printf(dump->out, "summary(%zu) = %s of ", i, kinds[summary->kind]);
        dump_node(dump, summary->node);
        ebb_text_puts(dump->out, " from ");
        dump_number(dump->out, summary->begin);
        ebb_text_puts(dump->out, " to ");
        dump_number(dump->out, summary->end);
        if (summary->kind >= EBB_SUMMARY_GAPS) {
            ebb_text_printf(dump->out, ", part %u", summary->part);
        }
        if (summary->kind == EBB_SUMMARY_EPISODES ||
            summary->kind == EBB_SUMMARY_GAPS) {
            ebb_text_puts(dump->out, ", at least ");
            dump_number(dump->out, summary->least);
        }
        ebb_text_puts(dump->out, "\n");
    }
    for (size_t i = 0; i < plan->expect_count; i++) {
        const ebb_expect_t *expect = &plan->expects[i];
        ebb_text_printf(dump->out, "expect %s: ", expect->code);
        dump_node(dump, expect->node);
        ebb_text_puts(dump->out, " in ");
        dump_number(dump->out, expect->share);
        ebb_text_printf(dump->out, " of runs \"%s\"\n", expect->text);
    }
}

void ebb_dump_scenario(const ebb_scenario_plan_t *plan, const ebb_system_t *system,
                       const ebb_alloc_t *alloc, ebb_text_t *out)
{
    ebb_dump_t dump = {
        .system = system, .graph = &plan->graph, .out = out, .alloc = alloc};
    ebb_text_printf(out, "scenario %s \"%s\" uses %s\nrun ", plan->name, plan->text,
                    plan->uses);
    dump_number(out, plan->length);
    ebb_text_puts(out, "\n");
    for (int i = 0; i < EBB_FACT_COUNT; i++) {
        if (plan->facts & (1u << i)) {
            ebb_text_printf(out, "fact %s\n", ebb_fact_word((ebb_fact_t)i));
        }
    }
    for (size_t i = 0; i < plan->summary_count; i++) {
        dump_root(&dump, plan->summaries[i].node);
    }
    for (size_t i = 0; i < plan->expect_count; i++) {
        dump_root(&dump, plan->expects[i].node);
    }
    dump_begin(&dump);
    if (!out->failed) {
        dump_changed(&dump, system->params, system->param_count, plan->params);
        dump_changed(&dump, system->traits, system->trait_count, plan->traits);
        for (size_t i = 0; i < system->state_count; i++) {
            if (plan->starts[i] == plan->starts[i]) {
                ebb_text_printf(out, "start %s = ", system->states[i].name);
                dump_number(out, plan->starts[i]);
                ebb_text_puts(out, "\n");
            }
        }
        dump_spreads(&dump, plan);
        dump_courses(&dump, plan);
        dump_expects(&dump, plan);
    }
    dump_end(&dump);
}
