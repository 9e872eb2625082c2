"""What I think of a tip. The tips themselves are told with what they are worth in sunlight."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.people import asker
from meters.advice import operations
from meters.advice.choosing import DISMISSED, DONE


class AnswerIn(serializers.Serializer[object]):
    state = serializers.ChoiceField(choices=[DONE, DISMISSED])


class AnswerView(APIView):
    """Tried, or not for me: the rule is silent for a month, or for a term."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="tip_answer", request=AnswerIn, responses={204: None})
    def put(self, request: Request, uid: str) -> Response:
        wish = AnswerIn(data=request.data)
        wish.is_valid(raise_exception=True)
        holder, state = asker.student(request).holder, wish.validated_data["state"]
        operations.answer(holder=holder, uid=uid, state=state, at=clock.now())
        return Response(status=204)


urlpatterns = [path("tips/<uuid:uid>/", AnswerView.as_view(), name="tip-answer")]
