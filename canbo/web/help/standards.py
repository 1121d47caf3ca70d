"""Help of standards, reviews, the law and what falls due."""

from canbo.web.help.page import HelpPage

PAGES = {
    "review": HelpPage(
        title="Rà soát tiêu chuẩn",
        purpose="Cho biết ai đạt tiêu chuẩn chức danh, ai thiếu gì, theo điều nào của văn bản có hiệu lực ngày xét.",
        steps=(
            "Chọn chức danh đang giữ, được quy hoạch, hoặc một chức danh; chọn đơn vị và ngày xét.",
            "Bấm “Rà soát”; bấm vào con số hoặc tiêu chí để mở danh sách người.",
            "Bấm tên người hoặc dấu ✓ ✗ ? để xem từng tiêu chí, giá trị tìm thấy và căn cứ.",
            "Bấm “Lưu lần rà soát này” để lần sau biết ai mới đạt, ai không còn đạt, do đâu.",
        ),
        mistakes=(
            "“Thiếu hồ sơ” không phải là “Chưa đạt”: hãy bổ sung giấy tờ rồi rà soát lại.",
            "“Chưa đủ căn cứ”: văn bản trung ương chỉ là khung, địa phương chưa có quy định trong chương trình.",
        ),
    ),
    "review-list": HelpPage(
        title="Các lần rà soát đã lưu",
        purpose="Danh sách các lần rà soát đã lưu để so lần sau với lần trước.",
        steps=("Bấm vào thời điểm lưu để mở.", "Bấm “Rà soát mới” để lập lần khác."),
        mistakes=("Chỉ so được hai lần cùng đơn vị, cùng chức danh, cùng điều kiện.",),
    ),
    "review-kept": HelpPage(
        title="Một lần rà soát đã lưu",
        purpose="Kết quả như đã thấy khi lưu, và ai mới đạt, không còn đạt so với lần trước, do đâu.",
        steps=("Xem bảng thay đổi.", "Bấm tên người để xem căn cứ hiện nay."),
        mistakes=("Kết quả đã lưu không đổi khi hồ sơ thay đổi; hãy rà soát lại.",),
    ),
    "review-job": HelpPage(
        title="Đang rà soát", purpose="Việc rà soát nhiều người chạy trong nền.",
        steps=("Chờ hoặc làm việc khác.", "Mở lại từ “Các lần đã lưu”."), mistakes=("Đóng trang không làm dừng việc.",),
    ),
    "dossier-standards": HelpPage(
        title="Tiêu chuẩn của một người",
        purpose="Từng tiêu chí của chức danh đang giữ, được quy hoạch hoặc được chọn: yêu cầu, giá trị tìm thấy, căn cứ, cần gì để đạt.",
        steps=("Chọn chức danh và ngày xét.", "Mở từng tiêu chí.", "Bấm tên mục hoặc bản quét cạnh giá trị để tới nơi giá trị được ghi."),
        mistakes=("Chương trình giải thích, không quyết định thay cấp có thẩm quyền.",),
    ),
    "waiver-add": HelpPage(
        title="Ghi quyết định miễn, giảm tiêu chuẩn",
        purpose="Ghi lại quyết định của cấp có thẩm quyền cho một người được miễn, giảm một tiêu chuẩn hoặc một tiêu chí.",
        steps=(
            "Chọn tiêu chí, ghi cấp quyết định, số và ngày văn bản, lý do, thời gian áp dụng.",
            "Bấm “Ghi”; quyết định hiện bên cạnh kết luận ở trang Tiêu chuẩn và trong hồ sơ.",
            "Khi hết hiệu lực, bấm “Kết thúc” bên cạnh quyết định; ghi nhầm thì hoàn tác ở “Lịch sử thay đổi”.",
        ),
        mistakes=("Quyết định không đổi kết luận: người chưa đạt vẫn hiện “Chưa đạt”, kèm quyết định đã ghi.",),
    ),
    "law": HelpPage(
        title="Quy định",
        purpose="Sổ văn bản, tiêu chuẩn, tham số và lịch ngày nghỉ đang dùng, theo ngày, kèm mức căn cứ.",
        steps=("Chọn ngày.", "Bấm tiêu chuẩn để đọc bằng lời.", "Bấm văn bản để xem nó được dùng ở đâu."),
        mistakes=("Giá trị “chưa kiểm chứng” được ghi ra nhưng không dùng để kết luận.",),
    ),
    "law-document": HelpPage(
        title="Một văn bản", purpose="Hiệu lực của văn bản và những quy định dẫn văn bản ấy.",
        steps=("Xem ngày hiệu lực.", "Bấm quy định để đọc."), mistakes=("Ngày có mức căn cứ “suy ra” cần được kiểm chứng.",),
    ),
    "law-standard": HelpPage(
        title="Một tiêu chuẩn", purpose="Các phiên bản theo thời gian, bằng lời, kèm điều khoản và mức căn cứ.",
        steps=("Mở phiên bản của thời gian cần xem.", "Bấm số người ở “Ai đang chịu quy định này” để rà soát những người ấy."),
        mistakes=("Phiên bản có căn cứ một phần không cho kết luận “Đạt”.",),
    ),
    "law-procedure": HelpPage(
        title="Một quy trình", purpose="Từng bước của quy trình: ai họp, làm gì, bỏ phiếu ra sao, cần giấy tờ gì, theo điều nào.",
        steps=("Mở phiên bản của thời gian cần xem.", "Việc mở trước ngày đổi quy định vẫn làm theo phiên bản của ngày bắt đầu."),
        mistakes=("Quy trình ghi trong thư mục quy định; sửa ở đó, không sửa trên trang.",),
    ),
    "law-regime": HelpPage(
        title="Một chế độ đánh giá", purpose="Mức xếp loại, điểm, tỷ lệ, thời gian vắng mặt và sự việc loại trừ, kèm điều khoản.",
        steps=("Mở phiên bản của thời gian cần xem.", "Xem đối tượng và tư cách để biết chế độ này dùng cho ai."),
        mistakes=("Tỷ lệ chưa đọc được văn bản thì chương trình không tự giới hạn.",),
    ),
    "due": HelpPage(
        title="Việc đến hạn",
        purpose="Ai sắp đủ tuổi nghỉ hưu, hết nhiệm kỳ, hết thời hạn bổ nhiệm, hết thời hạn sau kỷ luật, hết hạn chứng chỉ, chưa kê khai,"
        " không còn đạt tiêu chuẩn, hồ sơ còn thiếu.",
        steps=(
            "Để trống ngày cuối: mỗi loại việc xem trước đúng số ngày báo trước của cơ quan; hoặc ghi một khoảng ngày.",
            "Bấm tên để mở hồ sơ; việc đang tồn xếp sau việc có hạn.", "Bấm “Đưa vào lịch” để lấy tệp lịch.",
        ),
        mistakes=(
            "Ngày sinh chỉ có năm thì thời điểm là một khoảng.",
            "Thời hạn tính bằng ngày làm việc cần lịch ngày nghỉ của năm; chưa có lịch thì trang nói rõ.",
        ),
    ),
    "due-lead": HelpPage(
        title="Số ngày báo trước",
        purpose="Mỗi loại việc đến hạn được báo trước bao nhiêu ngày, chung hoặc riêng cho một đơn vị.",
        steps=("Chọn đơn vị và loại việc.", "Ghi số ngày, văn bản nếu có, rồi bấm “Ghi”."),
        mistakes=("Đây là cách làm việc của cơ quan; thời hạn của pháp luật xem ở trang “Quy định”.",),
    ),
}  # fmt: skip
