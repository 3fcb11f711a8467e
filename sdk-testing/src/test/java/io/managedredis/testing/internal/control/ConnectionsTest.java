package io.managedredis.testing.internal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.testing.internal.control.Connections.Page;
import io.managedredis.testing.internal.control.Connections.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsTest {

    private static final List<Long> ITEMS =
            LongStream.rangeClosed(1, 10).boxed().toList();

    private final Connections connections = new Connections(Integer.MAX_VALUE);

    @Test
    void should_give_everything_when_nothing_is_asked() {
        Page<Long> page = page(ITEMS, null, null, null, null);

        assertThat(page.nodes()).isEqualTo(ITEMS);
        assertThat(page.hasNext()).isFalse();
        assertThat(page.hasPrevious()).isFalse();
        assertThat(page.total()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 10, 11})
    void should_give_every_item_once_page_after_page(int size) {
        List<Long> seen = new ArrayList<>();
        String after = null;
        Page<Long> page;
        do {
            page = page(ITEMS, size, null, after, null);
            seen.addAll(page.nodes());
            assertThat(page.hasPrevious()).isEqualTo(after != null);
            after = page.endCursor();
        } while (page.hasNext());

        assertThat(seen).isEqualTo(ITEMS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void should_give_every_item_once_page_before_page(int size) {
        List<Long> seen = new ArrayList<>();
        String before = null;
        Page<Long> page;
        do {
            page = page(ITEMS, null, size, null, before);
            seen.addAll(0, page.nodes());
            assertThat(page.hasNext()).isEqualTo(before != null);
            before = page.startCursor();
        } while (page.hasPrevious());

        assertThat(seen).isEqualTo(ITEMS);
    }

    @Test
    void should_go_on_behind_an_item_that_is_gone() {
        String after = page(ITEMS, 3, null, null, null).endCursor();
        List<Long> shrunk = ITEMS.stream().filter(item -> item != 3).toList();

        assertThat(page(shrunk, 3, null, after, null).nodes()).containsExactly(4L, 5L, 6L);
    }

    @Test
    void should_take_the_last_of_the_first() {
        Page<Long> page = page(ITEMS, 5, 2, null, null);

        assertThat(page.nodes()).containsExactly(4L, 5L);
        assertThat(page.hasNext()).isTrue();
        assertThat(page.hasPrevious()).isTrue();
    }

    @Test
    void should_never_give_more_than_the_largest_page() {
        Connections small = new Connections(4);

        assertThat(small.page(ITEMS, Long::longValue, new Window(null, null, null, null))
                        .nodes())
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(small.page(ITEMS, Long::longValue, new Window(9, null, null, null))
                        .nodes())
                .hasSize(4);
        assertThat(small.page(ITEMS, Long::longValue, new Window(null, 9, null, null))
                        .nodes())
                .containsExactly(7L, 8L, 9L, 10L);
    }

    @Test
    void should_give_an_empty_page_of_nothing() {
        Page<Long> page = page(List.of(), 5, null, null, null);

        assertThat(page.nodes()).isEmpty();
        assertThat(page.startCursor()).isNull();
        assertThat(page.endCursor()).isNull();
        assertThat(page.hasNext()).isFalse();
    }

    @Test
    void should_refuse_negative_sizes_and_foreign_cursors() {
        assertThatThrownBy(() -> page(ITEMS, -1, null, null, null)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> page(ITEMS, null, -1, null, null)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> page(ITEMS, 1, null, "???", null))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("???");
    }

    private Page<Long> page(List<Long> items, Integer first, Integer last, String after, String before) {
        return connections.page(items, Long::longValue, new Window(first, last, after, before));
    }
}
