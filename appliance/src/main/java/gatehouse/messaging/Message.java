package gatehouse.messaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import java.time.Instant;

/**
 * A message that came or went. Empty values are null.
 *
 * @param configId the channel
 * @param userId   whose it is; null for the company's alone
 * @param delivery null while the provider is asked
 */
record Message(String id, String configId, String userId, String sender, String senderName, String receiver, String receiverName, String channelName,
               String channelNumber, String brand, Channel.Type type, Direction direction, String content, String reason, Delivery delivery,
               String providerId, Instant createdAt) {
    enum Direction { IN, OUT }

    enum Delivery { ERR, SENT, RECV, DELIVERED }

    ObjectNode json() {
        return Json.object().put("id", id).put("config_id", configId).put("sender", sender).put("sender_name", senderName).put("receiver", receiver)
                .put("receiver_name", receiverName).put("channel_name", channelName).put("channel_number", channelNumber).put("brand", brand)
                .put("did", channelNumber).put("msg_type", type.name()).put("direction", direction.name()).put("content", content).put("reason", reason)
                .put("delivery", delivery == null ? null : delivery.name()).put("provider_msg_id", providerId).put("created_at", Json.time(createdAt));
    }
}
