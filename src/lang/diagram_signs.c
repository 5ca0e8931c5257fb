/* SPDX-License-Identifier: MIT
 *
 * How one thing of a model moves another: signs of exact derivatives at points.
 *
 * A target is a formula: a let, the rate of a state, the probability of an event, what
 * an event makes of a state. Its sources are the spots on which it depends directly,
 * that is, through no other spot: going down from the target's node, the walk stops at
 * states, inputs and at the nodes of lets that are shown. The derivatives with respect
 * to all of them come out of one sweep back (reverse accumulation) over the nodes
 * between. Where a derivative is zero at all points, as of a function in steps, the
 * sources are moved from one point to the next instead and the target is compared.
 */
#include "lang/diagram.h"
#include "math/bits.h"
#include "math/random.h"

#define SIGNS_POINTS 64u

typedef struct ebb_sign_target {
    uint32_t root;  /* node */
    uint32_t spot;  /* what moves */
    uint32_t state; /* whose next value it is: only the difference to it moves anything;
                       EBB_NONE: no next value */
    uint32_t first, count; /* in `cone`: its nodes, falling */
} ebb_sign_target_t;

typedef struct ebb_signs {
    ebb_diagram_t *diagram;
    const ebb_graph_t *graph;
    ebb_list_t targets;                 /* ebb_sign_target_t */
    ebb_list_t cone;                    /* uint32_t */
    uint32_t *spot_of;                  /* of each node: the spot it is, or EBB_NONE */
    uint32_t node_of[EBB_DIAGRAM_ROOM]; /* of each spot but events, or EBB_NONE */
    double *value;                      /* of each node at this point */
    double *slope;                      /* of the target with respect to each node */
    double *moved;                      /* value of each node with a source moved */
    uint8_t *marked;
    double before[EBB_DIAGRAM_ROOM]; /* values of the spots at the last point */
    bool failed;
} ebb_signs_t;

/* --- targets ---------------------------------------------------------------------- */

static void signs_add(ebb_signs_t *signs, uint32_t root, uint32_t spot, uint32_t state)
{
    ebb_sign_target_t *target =
        ebb_list_push(&signs->targets, signs->diagram->alloc, sizeof *target);
    if (target) {
        *target = (ebb_sign_target_t){.root = root, .spot = spot, .state = state};
    } else {
        signs->failed = true;
    }
}

static void signs_event(ebb_signs_t *signs, uint32_t spot)
{
    const ebb_system_t *system = signs->diagram->system;
    const ebb_event_rule_t *event = &system->events[signs->diagram->spots[spot].index];
    signs_add(signs, event->rate != EBB_NONE ? event->rate : event->guard, spot,
              EBB_NONE);
    for (uint32_t i = 0; i < event->action_count; i++) {
        const ebb_action_t *action = &system->actions[event->first_action + i];
        signs_add(signs, action->value, action->state, action->state);
    }
}

static void signs_targets(ebb_signs_t *signs)
{
    const ebb_system_t *system = signs->diagram->system;
    for (uint32_t i = 0; i < signs->diagram->spot_count; i++) {
        const ebb_spot_t *spot = &signs->diagram->spots[i];
        if (spot->kind == EBB_SPOT_STATE) {
            const ebb_state_t *state = &system->states[spot->index];
            signs_add(signs, state->rate, i, system->steps ? spot->index : EBB_NONE);
        } else if (spot->kind == EBB_SPOT_LET) {
            signs_add(signs, system->lets[spot->index].node, i, EBB_NONE);
        } else if (spot->kind == EBB_SPOT_EVENT) {
            signs_event(signs, i);
        }
    }
}

static uint32_t signs_first_input(const ebb_diagram_t *diagram)
{
    uint32_t i = 0;
    while (i < diagram->spot_count && diagram->spots[i].kind != EBB_SPOT_INPUT) {
        i++;
    }
    return i;
}

/* Which node is which spot; states are the first spots, in their order. */
static void signs_sources(ebb_signs_t *signs)
{
    const ebb_diagram_t *diagram = signs->diagram;
    const ebb_system_t *system = diagram->system;
    uint32_t inputs = signs_first_input(diagram);
    for (uint32_t i = 0; i < diagram->spot_count; i++) {
        signs->node_of[i] = EBB_NONE;
    }
    for (uint32_t i = 0; i < signs->graph->count; i++) {
        const ebb_node_t *node = &signs->graph->nodes[i];
        uint32_t spot = node->op == EBB_OP_STATE ? node->args[0]
                        : node->op == EBB_OP_DELAYED
                            ? system->delays[node->args[0]].state
                        : node->op == EBB_OP_INPUT ? inputs + node->args[0]
                                                   : EBB_NONE;
        signs->spot_of[i] = spot;
        if (spot != EBB_NONE && node->op != EBB_OP_DELAYED) {
            signs->node_of[spot] = i;
        }
    }
    for (uint32_t i = 0; i < diagram->spot_count; i++) {
        if (diagram->spots[i].kind == EBB_SPOT_LET) {
            signs->node_of[i] = system->lets[diagram->spots[i].index].node;
            signs->spot_of[signs->node_of[i]] = i;
        }
    }
}

/* Whether the walk down from a target ends at a node. */
static bool signs_ends(const ebb_signs_t *signs, const ebb_sign_target_t *target,
                       uint32_t node)
{
    uint32_t spot = signs->spot_of[node];
    return spot != EBB_NONE && !(node == target->root && spot == target->spot &&
                                 signs->diagram->spots[spot].kind == EBB_SPOT_LET);
}

static void signs_cone(ebb_signs_t *signs, ebb_sign_target_t *target)
{
    ebb_diagram_t *diagram = signs->diagram;
    memset(signs->marked, 0, signs->graph->count);
    signs->marked[target->root] = 1;
    target->first = (uint32_t)signs->cone.count;
    for (uint32_t i = target->root + 1; i-- > 0 && !signs->failed;) {
        const ebb_node_t *node = &signs->graph->nodes[i];
        if (!signs->marked[i]) {
            continue;
        }
        uint32_t *item = ebb_list_push(&signs->cone, diagram->alloc, sizeof *item);
        signs->failed |= !item;
        if (item) {
            *item = i;
        }
        if (signs_ends(signs, target, i)) {
            diagram->moves[signs->spot_of[i]][target->spot] |=
                EBB_LINK_THERE | (node->op == EBB_OP_DELAYED ? EBB_LINK_LATE : 0);
            continue;
        }
        for (int k = 0; k < ebb_op_arity((ebb_op_t)node->op); k++) {
            signs->marked[node->args[k]] = 1;
        }
    }
    target->count = (uint32_t)signs->cone.count - target->first;
}

/* --- points ----------------------------------------------------------------------- */

/* A number in (0, 1) for a point and a quantity: always the same one. */
static double signs_share(uint32_t point, uint32_t slot)
{
    ebb_random_block_t block = ebb_random_at(0, 0, point, slot);
    return ebb_random_uniform(block.a);
}

/* Where a quantity is at a point, as the contract says. */
static double signs_between(double start, double low, double high, double share)
{
    bool whole = low > -EBB_INFINITY && high < EBB_INFINITY;
    double reach = start == 0 ? 1 : ebb_magnitude(start) / 20;
    double from = start == 0 ? 0 : start - reach, to = start + reach;
    if (whole) {
        return low + share * (high - low);
    }
    double x = from + share * (to - from);
    return x < low ? low : x > high ? high : x;
}

static double signs_state(const ebb_signs_t *signs, uint32_t index, uint32_t point,
                          uint32_t slot)
{
    const ebb_state_t *state = &signs->diagram->system->states[index];
    double start = signs->value[state->initial];
    start = start - start == 0 ? start : 0;
    return signs_between(start, state->low, state->high, signs_share(point, slot));
}

static double signs_draw(uint8_t law, double share)
{
    return law == EBB_LAW_UNIFORM  ? share
           : law == EBB_LAW_NORMAL ? 4 * share - 2
                                   : share;
}

static double signs_leaf(const ebb_signs_t *signs, const ebb_node_t *node,
                         uint32_t point)
{
    const ebb_system_t *system = signs->diagram->system;
    const ebb_slot_t *slot;
    uint32_t i = node->args[0];
    switch ((int)node->op) {
    case EBB_OP_CONST:
        return node->value;
    case EBB_OP_STATE:
        return signs_state(signs, i, point, i);
    case EBB_OP_PARAM:
        return system->params[i].value;
    case EBB_OP_TRAIT:
        return system->traits[i].value;
    case EBB_OP_INPUT:
        slot = &system->inputs[i];
        return signs_between(slot->value, slot->low, slot->high,
                             signs_share(point, 2000 + i));
    case EBB_OP_DELAYED:
        return signs_state(signs, system->delays[i].state, point, 4000 + i);
    case EBB_OP_DRAW:
        return signs_draw(system->draws[i], signs_share(point, 6000 + i));
    default: /* time */
        return point;
    }
}

/* The initial values are nodes of parameters and traits, which stand before them: two
 * rounds, of which the first one finds these. */
static void signs_values(ebb_signs_t *signs, uint32_t point)
{
    for (uint32_t i = 0; i < signs->graph->count; i++) {
        const ebb_node_t *node = &signs->graph->nodes[i];
        if (ebb_op_arity((ebb_op_t)node->op) == 0) {
            signs->value[i] = signs_leaf(signs, node, point);
            continue;
        }
        double args[3];
        for (int k = 0; k < 3; k++) {
            args[k] = signs->value[node->args[k]];
        }
        signs->value[i] = ebb_op_value((ebb_op_t)node->op, args);
    }
}

/* --- derivatives ------------------------------------------------------------------ */

/* d op(a) / da at a point where it is `value`. All operations are named, so that the
 * compiler asks about a new one. */
static double signs_unary(ebb_op_t op, const double *args, double value)
{
    double a = args[0];
    switch (op) {
    case EBB_OP_NEG:
        return -1;
    case EBB_OP_ABS:
        return a < 0 ? -1 : 1;
    case EBB_OP_SQRT:
        return 0.5 / value;
    case EBB_OP_EXP:
        return value;
    case EBB_OP_EXPM1:
        return value + 1;
    case EBB_OP_LOG:
        return 1 / a;
    case EBB_OP_LOG1P:
        return 1 / (1 + a);
    case EBB_OP_SIN:
        return ebb_op_value(EBB_OP_COS, args);
    case EBB_OP_COS:
        return -ebb_op_value(EBB_OP_SIN, args);
    case EBB_OP_TANH:
        return 1 - value * value;
    case EBB_OP_ATAN:
        return 1 / (1 + a * a);
    case EBB_OP_LOGISTIC:
        return value * (1 - value);
    case EBB_OP_SOFTPLUS:
        return ebb_op_value(EBB_OP_LOGISTIC, args);
    case EBB_OP_FLOOR: /* steps */
    case EBB_OP_NOT:
    case EBB_OP_LT:
    case EBB_OP_LE:
    case EBB_OP_EQ:
    case EBB_OP_AND:
    case EBB_OP_OR:
    case EBB_OP_CONST: /* leaves */
    case EBB_OP_STATE:
    case EBB_OP_PARAM:
    case EBB_OP_TRAIT:
    case EBB_OP_INPUT:
    case EBB_OP_TIME:
    case EBB_OP_DELAYED:
    case EBB_OP_DRAW:
    case EBB_OP_SUMMARY:
    case EBB_OP_ADD: /* see signs_slopes */
    case EBB_OP_SUB:
    case EBB_OP_MUL:
    case EBB_OP_DIV:
    case EBB_OP_POW:
    case EBB_OP_MIN:
    case EBB_OP_MAX:
    case EBB_OP_SELECT:
    case EBB_OP_COUNT:
        break;
    }
    return 0;
}

static void signs_power(const double *args, double value, double *slopes)
{
    const double below[3] = {args[0], args[1] - 1, 0};
    slopes[0] = args[1] * ebb_op_value(EBB_OP_POW, below);
    slopes[1] = value * ebb_op_value(EBB_OP_LOG, args);
}

/* d op(a, b, c) / da, db, dc, likewise. */
static void signs_slopes(ebb_op_t op, const double *args, double value, double *slopes)
{
    slopes[0] = slopes[1] = slopes[2] = 0;
    switch ((int)op) {
    case EBB_OP_ADD:
        slopes[0] = slopes[1] = 1;
        break;
    case EBB_OP_SUB:
        slopes[0] = 1;
        slopes[1] = -1;
        break;
    case EBB_OP_MUL:
        slopes[0] = args[1];
        slopes[1] = args[0];
        break;
    case EBB_OP_DIV:
        slopes[0] = 1 / args[1];
        slopes[1] = -value / args[1];
        break;
    case EBB_OP_POW:
        signs_power(args, value, slopes);
        break;
    case EBB_OP_MIN:
        slopes[args[0] < args[1] ? 0 : 1] = 1;
        break;
    case EBB_OP_MAX:
        slopes[args[0] > args[1] ? 0 : 1] = 1;
        break;
    case EBB_OP_SELECT:
        slopes[args[0] != 0 ? 1 : 2] = 1;
        break;
    default:
        slopes[0] = signs_unary(op, args, value);
        break;
    }
}

/* What the derivative says of a link. A state that moves itself by less than it decays
 * is no news; a number that is not finite says nothing. */
static void signs_note(ebb_signs_t *signs, const ebb_sign_target_t *target,
                       uint32_t source, double slope)
{
    uint8_t *bits = &signs->diagram->moves[source][target->spot];
    if (source == target->state) {
        slope -= 1;
    }
    if (slope - slope == 0 && slope != 0) {
        *bits |= slope > 0 ? EBB_LINK_PLUS : EBB_LINK_MINUS;
    }
}

static void signs_sweep(ebb_signs_t *signs, const ebb_sign_target_t *target)
{
    const uint32_t *cone = (const uint32_t *)signs->cone.items + target->first;
    for (uint32_t i = 0; i < target->count; i++) {
        signs->slope[cone[i]] = 0;
    }
    signs->slope[target->root] = 1;
    for (uint32_t i = 0; i < target->count; i++) {
        const ebb_node_t *node = &signs->graph->nodes[cone[i]];
        double slope = signs->slope[cone[i]], args[3], slopes[3];
        if (signs_ends(signs, target, cone[i])) {
            signs_note(signs, target, signs->spot_of[cone[i]], slope);
            continue;
        }
        if (slope == 0 || ebb_op_arity((ebb_op_t)node->op) == 0) {
            continue;
        }
        for (int k = 0; k < 3; k++) {
            args[k] = signs->value[node->args[k]];
        }
        signs_slopes((ebb_op_t)node->op, args, signs->value[cone[i]], slopes);
        for (int k = 0; k < 3; k++) { /* those beyond its arity are 0 */
            if (slopes[k] != 0) {
                signs->slope[node->args[k]] += slope * slopes[k];
            }
        }
    }
}

/* --- steps ------------------------------------------------------------------------ */

/* The target's value when a source is what it was at the last point. */
static double signs_moved(ebb_signs_t *signs, const ebb_sign_target_t *target,
                          uint32_t source)
{
    const uint32_t *cone = (const uint32_t *)signs->cone.items + target->first;
    for (uint32_t i = target->count; i-- > 0;) {
        uint32_t n = cone[i];
        const ebb_node_t *node = &signs->graph->nodes[n];
        double args[3] = {0};
        int arity = ebb_op_arity((ebb_op_t)node->op);
        if (signs_ends(signs, target, n) || arity == 0) {
            signs->moved[n] =
                signs->spot_of[n] == source ? signs->before[source] : signs->value[n];
            continue;
        }
        for (int k = 0; k < arity; k++) {
            args[k] = signs->moved[node->args[k]];
        }
        signs->moved[n] = ebb_op_value((ebb_op_t)node->op, args);
    }
    return signs->moved[target->root];
}

static double signs_spot_value(const ebb_signs_t *signs, uint32_t spot)
{
    uint32_t node = signs->node_of[spot];
    return node == EBB_NONE ? 0 : signs->value[node];
}

static void signs_compare(ebb_signs_t *signs, const ebb_sign_target_t *target,
                          uint32_t source)
{
    double now = signs_spot_value(signs, source);
    double change = signs->value[target->root] - signs_moved(signs, target, source);
    double by = now - signs->before[source];
    if (change * by > 0 || change * by < 0) {
        signs->diagram->moves[source][target->spot] |=
            change * by > 0 ? EBB_LINK_PLUS << 4 : EBB_LINK_MINUS << 4;
    }
}

/* Links without a derivative, by comparison; what is found stands four bits higher
 * until all points are through. */
static void signs_steps(ebb_signs_t *signs)
{
    ebb_diagram_t *diagram = signs->diagram;
    for (size_t i = 0; i < signs->targets.count; i++) {
        const ebb_sign_target_t *target = (ebb_sign_target_t *)signs->targets.items + i;
        for (uint32_t source = 0; source < diagram->spot_count; source++) {
            uint8_t bits = diagram->moves[source][target->spot];
            if ((bits & EBB_LINK_THERE) && !(bits & EBB_LINK_SIGN) &&
                source != target->spot) {
                signs_compare(signs, target, source);
            }
        }
    }
}

/* --- events ----------------------------------------------------------------------- */

static void signs_acts(ebb_signs_t *signs, uint32_t spot)
{
    const ebb_system_t *system = signs->diagram->system;
    const ebb_event_rule_t *event = &system->events[signs->diagram->spots[spot].index];
    for (uint32_t i = 0; i < event->action_count; i++) {
        const ebb_action_t *action = &system->actions[event->first_action + i];
        double change =
            signs->value[action->value] - signs_spot_value(signs, action->state);
        uint8_t *bits = &signs->diagram->moves[spot][action->state];
        *bits |= EBB_LINK_THERE;
        if (change > 0 || change < 0) {
            *bits |= change > 0 ? EBB_LINK_PLUS : EBB_LINK_MINUS;
        }
    }
}

/* --- all together ----------------------------------------------------------------- */

static void signs_keep(ebb_signs_t *signs)
{
    for (uint32_t i = 0; i < signs->diagram->spot_count; i++) {
        signs->before[i] = signs_spot_value(signs, i);
    }
}

static void signs_point(ebb_signs_t *signs, uint32_t point, bool steps)
{
    ebb_diagram_t *diagram = signs->diagram;
    signs_values(signs, point);
    if (steps) {
        signs_steps(signs);
        signs_keep(signs);
        return;
    }
    for (size_t i = 0; i < signs->targets.count; i++) {
        signs_sweep(signs, (ebb_sign_target_t *)signs->targets.items + i);
    }
    for (uint32_t i = 0; i < diagram->spot_count; i++) {
        if (diagram->spots[i].kind == EBB_SPOT_EVENT) {
            signs_acts(signs, i);
        }
    }
}

static void signs_run(ebb_signs_t *signs)
{
    ebb_diagram_t *diagram = signs->diagram;
    signs_values(signs, 0); /* the initial values */
    for (uint32_t point = 0; point < SIGNS_POINTS; point++) {
        signs_point(signs, point, false);
    }
    signs_keep(signs);
    for (uint32_t point = 0; point < SIGNS_POINTS; point++) {
        signs_point(signs, point, true);
    }
    for (uint32_t i = 0; i < diagram->spot_count; i++) {
        for (uint32_t k = 0; k < diagram->spot_count; k++) {
            uint8_t *bits = &diagram->moves[i][k];
            *bits = (uint8_t)((*bits | *bits >> 4) & 15);
        }
    }
}

int ebb_diagram_signs(ebb_diagram_t *diagram)
{
    ebb_signs_t signs = {.diagram = diagram, .graph = &diagram->system->graph};
    const ebb_alloc_t *alloc = diagram->alloc;
    size_t count = signs.graph->count;
    memset(diagram->moves, 0, sizeof diagram->moves);
    signs.spot_of = ebb_new_array(alloc, count, sizeof *signs.spot_of);
    signs.value = ebb_new_array(alloc, count, sizeof *signs.value);
    signs.slope = ebb_new_array(alloc, count, sizeof *signs.slope);
    signs.moved = ebb_new_array(alloc, count, sizeof *signs.moved);
    signs.marked = ebb_new_array(alloc, count, 1);
    signs.failed =
        !signs.spot_of || !signs.value || !signs.slope || !signs.moved || !signs.marked;
    if (!signs.failed) {
        signs_sources(&signs);
        signs_targets(&signs);
    }
    for (size_t i = 0; i < signs.targets.count && !signs.failed; i++) {
        signs_cone(&signs, (ebb_sign_target_t *)signs.targets.items + i);
    }
    if (!signs.failed) {
        signs_run(&signs);
    }
    ebb_free_array(alloc, signs.spot_of, count, sizeof *signs.spot_of);
    ebb_free_array(alloc, signs.value, count, sizeof *signs.value);
    ebb_free_array(alloc, signs.slope, count, sizeof *signs.slope);
    ebb_free_array(alloc, signs.moved, count, sizeof *signs.moved);
    ebb_free_array(alloc, signs.marked, count, 1);
    ebb_list_free(&signs.targets, alloc, sizeof(ebb_sign_target_t));
    ebb_list_free(&signs.cone, alloc, sizeof(uint32_t));
    return signs.failed ? EBB_ERR_MEMORY : EBB_OK;
}
