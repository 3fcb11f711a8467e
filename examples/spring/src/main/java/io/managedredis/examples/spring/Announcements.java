package io.managedredis.examples.spring;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.stereotype.Component;

/** What is announced in any region is heard in every one: published on the primary, heard at the local replica. */
@Component
class Announcements implements MessageListener {

    static final ChannelTopic TOPIC = ChannelTopic.of("announcements");

    private final StringRedisTemplate redis;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    Announcements(StringRedisTemplate redis) {
        this.redis = redis;
    }

    void announce(String text) {
        redis.convertAndSend(TOPIC.getTopic(), text);
    }

    List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void onMessage(Message message, byte @Nullable [] pattern) {
        heard.add(new String(message.getBody(), StandardCharsets.UTF_8));
    }
}
