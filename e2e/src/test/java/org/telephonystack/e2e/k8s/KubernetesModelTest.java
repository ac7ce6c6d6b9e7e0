package org.telephonystack.e2e.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every object fits Kubernetes' own types, field by field: a misspelt field would be dropped by a cluster, or refuse the
/// whole deployment.
class KubernetesModelTest {

    private static final Map<String, Class<? extends HasMetadata>> TYPES =
            Stream.of(
                            ConfigMap.class,
                            Deployment.class,
                            HTTPRoute.class,
                            HorizontalPodAutoscaler.class,
                            Ingress.class,
                            Job.class,
                            Namespace.class,
                            NetworkPolicy.class,
                            PodDisruptionBudget.class,
                            PrometheusRule.class,
                            Service.class,
                            ServiceAccount.class,
                            ServiceMonitor.class,
                            StatefulSet.class)
                    .collect(Collectors.toMap(KubernetesModelTest::id, Function.identity()));

    private static final ObjectMapper STRICT =
            new ObjectMapper()
                    .setAnnotationIntrospector(new NoPlaceForUnknownFields())
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @ParameterizedTest
    @EnumSource
    void everyObjectFitsItsType(Overlay overlay) throws JsonProcessingException {
        for (JsonNode object : overlay.objects()) {
            HasMetadata typed = read(object);

            assertThat(typed.getMetadata().getName()).isNotBlank();
        }
    }

    @Test
    void aMisspeltFieldIsFound() {
        JsonNode deployment = Overlay.LOCAL.deployment("stream");
        ((ObjectNode) deployment.at("/spec/template/spec")).put("terminationGracePeriod", 45);

        assertThatThrownBy(() -> read(deployment))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("terminationGracePeriod");
    }

    private static HasMetadata read(JsonNode object) throws JsonProcessingException {
        String id = object.path("apiVersion").asText() + " " + object.path("kind").asText();
        assertThat(TYPES).containsKey(id);
        return STRICT.treeToValue(object, TYPES.get(id));
    }

    private static String id(Class<? extends HasMetadata> type) {
        return HasMetadata.getApiVersion(type) + " " + HasMetadata.getKind(type);
    }

    /// The models keep what they do not know in a map; here it has to be an error.
    private static final class NoPlaceForUnknownFields extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
