package gatehouse.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes.Operations;
import gatehouse.audit.Actor;
import gatehouse.listing.Listing;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The five usual operations of one kind, and its export, bound by the contract's conventions. Owner, id and view can be another's. */
public final class Crud {
    private static final int MOST_EXPORTED = 100_000;

    private final Resources resources;
    private final Listing listing;
    private Function<ApiRequest, String> owner = _ -> Resources.COMPANY;
    private Function<Resource, ObjectNode> view = Resource::json;
    private String id = "id";

    public Crud(Resources resources, Listing listing) {
        this.resources = resources;
        this.listing = listing;
    }

    /** Whose they are, for each request. @param whose throws NOT_FOUND when there is no such owner */
    public Crud ownedBy(Function<ApiRequest, String> whose) {
        owner = whose;
        return this;
    }

    /** The path parameter that names one; {@code id} unless said. */
    public Crud id(String parameter) {
        id = parameter;
        return this;
    }

    /** What an answer shows; more than the document's schema is left out, less becomes null. */
    public Crud shown(Function<Resource, ObjectNode> as) {
        view = as;
        return this;
    }

    public Crud create(Operations operations, String operationId) {
        operations.bind(operationId, request -> Answer.created(resources.create(Actor.of(request), owner.apply(request), request.filledBody()).id()));
        return this;
    }

    public Crud list(Operations operations, String operationId) {
        operations.bind(operationId, request -> {
            var page = resources.page(owner.apply(request), listing, listing.query(request));
            return Answer.ok(Json.page(page.count(), page.items().stream().map(view).toList()));
        });
        return this;
    }

    public Crud show(Operations operations, String operationId) {
        operations.bind(operationId, request -> Answer.ok(view.apply(resources.get(owner.apply(request), request.path(id)))));
        return this;
    }

    public Crud update(Operations operations, String operationId) {
        operations.bind(operationId, request -> {
            resources.update(Actor.of(request), owner.apply(request), request.path(id), request.body());
            return Answer.done();
        });
        return this;
    }

    public Crud delete(Operations operations, String operationId) {
        operations.bind(operationId, request -> {
            resources.delete(Actor.of(request), owner.apply(request), request.path(id));
            return Answer.noContent();
        });
        return this;
    }

    /** All five, by their operation ids. */
    public Crud all(Operations operations, String create, String list, String show, String update, String delete) {
        return create(operations, create).list(operations, list).show(operations, show).update(operations, update).delete(operations, delete);
    }

    /** Every one that matches, as CSV with one column a field; nested values as JSON. */
    public Crud export(Operations operations, String operationId, String fileName, String... fields) {
        operations.bind(operationId, request -> {
            var rows = resources.matching(owner.apply(request), listing, listing.all(), MOST_EXPORTED).stream().map(view)
                    .map(document -> Arrays.stream(fields).map(field -> cell(document, field)).toList()).toList();
            return Answer.csv(fileName, List.of(fields), rows);
        });
        return this;
    }

    private static String cell(ObjectNode document, String field) {
        var value = document.path(field);
        return value.isContainerNode() ? value.toString() : value.isNull() ? "" : value.asText("");
    }
}
